using MfaPlan.Core.Matching;
using MfaPlan.Core.Privacy;
using MfaPlan.Core.Tenants;
using MfaPlan.Graph.Http;
using MfaPlan.Graph.Wire;

namespace MfaPlan.Graph.DirectoryObjects;

/// <summary>Makes our user of the directory's. One for one reading, because it keeps the last domain: most users share it.</summary>
internal sealed class Users
{
    /// <summary>The properties that are asked for.</summary>
    public const string Select = "id,userPrincipalName,accountEnabled,userType,onPremisesSyncEnabled,"
        + "onPremisesSecurityIdentifier,onPremisesDomainName,onPremisesSamAccountName";

    private string? _domain;
    private SecurityId? _sid;

    /// <summary>The user, whole.</summary>
    /// <exception cref="ReadFailedException">
    /// MemberPropertiesHidden: name or state is missing, which every user has; the permission to see them is what is missing.
    /// </exception>
    /// <seealso href="https://learn.microsoft.com/graph/permissions-overview#limited-information-returned-for-inaccessible-member-objects"/>
    public DirectoryUser Of(UserObject user)
    {
        if (user.UserPrincipalName is not { } name || user.AccountEnabled is not { } enabled)
        {
            throw new ReadFailedException("MemberPropertiesHidden", 0);
        }

        _domain = user.OnPremisesDomainName == _domain ? _domain : user.OnPremisesDomainName;
        _sid = user.OnPremisesSecurityIdentifier is { } sid ? SecurityId.Of(sid, _sid) : null;
        return new DirectoryUser(
            user.Id,
            new PersonalName(name),
            enabled,
            string.Equals(user.UserType, "Guest", StringComparison.OrdinalIgnoreCase),
            user.OnPremisesSyncEnabled ?? false,
            _sid,
            _domain,
            user.OnPremisesSamAccountName is { } sam ? new PersonalName(sam) : null);
    }
}
