using System.Collections.Immutable;

namespace MfaPlan.Sandbox.Generating;

/// <summary>What was made up, for a plan and for tests that want to know what is to be found.</summary>
/// <param name="Tenant">The tenant's id.</param>
/// <param name="Group">The name of the group with everybody in it, directly or nested.</param>
/// <param name="BreakGlass">Object ids of the accounts that nothing may touch.</param>
/// <param name="Users">People in the tenant, the break-glass accounts not counted.</param>
/// <param name="NeverInSource">People of whom the export has no record.</param>
/// <param name="Leavers">Records of people who are not in the tenant.</param>
/// <param name="RecycledNames">Records whose name now belongs to an account with another SID.</param>
public sealed record GeneratedCompany(
    Guid Tenant, string Group, ImmutableArray<Guid> BreakGlass, int Users, int NeverInSource, int Leavers, int RecycledNames)
{
    /// <summary>The waves; none where the company is not to go the whole road.</summary>
    public ImmutableArray<GeneratedWave> Waves { get; init; } = [];

    /// <summary>The Conditional Access policy that demands MFA of all; null where there is none.</summary>
    public Guid? AccessPolicy { get; init; }
}
