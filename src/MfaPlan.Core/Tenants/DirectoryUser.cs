using MfaPlan.Core.Matching;
using MfaPlan.Core.Privacy;

namespace MfaPlan.Core.Tenants;

/// <summary>A user of the tenant, with what matching and the guards need.</summary>
/// <param name="Id">Object id.</param>
/// <param name="PrincipalName">userPrincipalName.</param>
/// <param name="Enabled">accountEnabled.</param>
/// <param name="Guest">Whether userType is Guest.</param>
/// <param name="Synced">Whether the account comes from an on-premises directory (onPremisesSyncEnabled is true).</param>
/// <param name="Sid">onPremisesSecurityIdentifier, only of synced accounts.</param>
/// <param name="Domain">onPremisesDomainName (DNS form), only of synced accounts.</param>
/// <param name="SamAccountName">onPremisesSamAccountName, only of synced accounts.</param>
public sealed record DirectoryUser(
    Guid Id, PersonalName PrincipalName, bool Enabled, bool Guest, bool Synced, SecurityId? Sid, string? Domain, PersonalName? SamAccountName);
