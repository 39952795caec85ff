using System.Collections.Immutable;

namespace MfaPlan.Core.Tenants;

/// <summary>One configuration of the authentication methods policy.</summary>
/// <param name="Enabled">state is enabled.</param>
/// <param name="Include">Who may use the method.</param>
/// <param name="Exclude">Who may not, whatever the includes say.</param>
/// <param name="OfficePhoneAllowed">Voice only: isOfficePhoneAllowed.</param>
public sealed record MethodConfiguration(
    bool Enabled, ImmutableArray<MethodTarget> Include, ImmutableArray<MethodTarget> Exclude, bool OfficePhoneAllowed = true);
