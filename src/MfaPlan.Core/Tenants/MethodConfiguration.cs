using System.Collections.Immutable;

namespace MfaPlan.Core.Tenants;

/// <summary>One configuration of the authentication methods policy. The order of its targets means nothing.</summary>
/// <param name="Enabled">state is enabled.</param>
/// <param name="Include">Who may use the method.</param>
/// <param name="Exclude">Who may not, whatever the includes say.</param>
/// <param name="OfficePhoneAllowed">Voice only: isOfficePhoneAllowed.</param>
public sealed record MethodConfiguration(
    bool Enabled, ImmutableArray<MethodTarget> Include, ImmutableArray<MethodTarget> Exclude, bool OfficePhoneAllowed = true)
{
    /// <summary>A method that is off and names nobody; what stands for a configuration that the tenant does not list.</summary>
    public static MethodConfiguration Off { get; } = new(Enabled: false, [], []);

    /// <inheritdoc/>
    public bool Equals(MethodConfiguration? other) =>
        other is not null && Enabled == other.Enabled && OfficePhoneAllowed == other.OfficePhoneAllowed
        && MethodTargets.Same(Include, other.Include) && MethodTargets.Same(Exclude, other.Exclude);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Enabled, Include.Length, Exclude.Length, OfficePhoneAllowed);

    /// <summary>Whether both say the same, leaving aside <see cref="MethodTarget.Others"/>: the service adds defaults to what was written.</summary>
    public bool IsLike(MethodConfiguration other) => Plain(this).Equals(Plain(other));

    private static MethodConfiguration Plain(MethodConfiguration full) =>
        full with { Include = MethodTargets.Plain(full.Include), Exclude = MethodTargets.Plain(full.Exclude) };
}
