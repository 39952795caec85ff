using MfaPlan.Core.Tenants;

namespace MfaPlan.Core.Guards;

/// <summary>What was seen of an account named in protect.breakGlass.</summary>
/// <param name="Id">The object id in the plan.</param>
/// <param name="User">The account: null when it is not there; unknown when it could not be read.</param>
/// <param name="Methods">Its methods.</param>
/// <param name="InScope">Whether it is a member of what the stage is about.</param>
/// <param name="OnFederatedDomain">Whether its principal name is on a federated domain; null when the domains could not be read.</param>
public sealed record BreakGlassAccount(
    Guid Id, Observed<DirectoryUser?> User, Observed<UserMethods> Methods, bool InScope, bool? OnFederatedDomain)
{
    /// <summary>Whether it is a member of the group that the plan's registration campaign asks.</summary>
    public bool InCampaign { get; init; }
}
