using System.Collections.Immutable;

namespace MfaPlan.Core.Tenants.Access;

/// <summary>What a policy demands before it grants access. Session controls demand no MFA by themselves and are not kept.</summary>
/// <param name="Operator">AND: all of them; OR: one is enough. Another word counts as OR, which proves less.</param>
/// <param name="BuiltIn">builtInControls: block, mfa, compliantDevice and so on.</param>
/// <param name="Others">How many custom controls and terms of use; neither gives an MFA claim.</param>
/// <param name="Strength">The id of the authentication strength that is demanded; null for none.</param>
public sealed record AccessControls(string Operator, ImmutableArray<string> BuiltIn, int Others, string? Strength)
{
    /// <summary>Demands nothing.</summary>
    public static AccessControls None { get; } = new("OR", [], 0, null);

    /// <summary>How many there are.</summary>
    public int Count => BuiltIn.Length + Others + (Strength is null ? 0 : 1);

    /// <summary>Whether each of them must be met.</summary>
    public bool AllAreNeeded => Count == 1 || string.Equals(Operator, "AND", StringComparison.OrdinalIgnoreCase);
}
