namespace MfaPlan.Core.Guards;

/// <summary>What to do when the service denies a read: which permission is asked for, instead of a code alone.</summary>
public static class Denial
{
    /// <summary>Groups and their members.</summary>
    public const string Groups = "GroupMember.Read.All and User.Read.All";

    /// <summary>Users of the directory.</summary>
    public const string Users = "User.Read.All";

    /// <summary>Policies of the tenant.</summary>
    public const string Policies = "Policy.Read.All";

    /// <summary>Directory roles, active and eligible.</summary>
    public const string Roles = "RoleManagement.Read.Directory";

    /// <summary>Domains.</summary>
    public const string Domains = "Domain.Read.All";

    /// <summary>The federation of domains.</summary>
    public const string Federation = "Domain-InternalFederation.Read.All";

    /// <summary>Users' authentication methods.</summary>
    public const string Methods = "UserAuthenticationMethod.Read.All";

    /// <summary>The directory audit.</summary>
    public const string Audits = "AuditLog.Read.All";

    /// <summary>The staged rollout, which the service gives to a signed-in person only.</summary>
    public const string Rollout = "Directory.ReadWrite.All (delegated: a Hybrid Identity Administrator signs in; the service documents no application permission)";

    /// <summary>A sentence with the remedy; empty where the code tells of another trouble than a missing permission.</summary>
    /// <param name="code">The service's error code.</param>
    /// <param name="permission">The application permission, the least that suffices.</param>
    /// <seealso href="https://learn.microsoft.com/graph/permissions-reference"/>
    public static string Remedy(string code, string permission) =>
        code.Contains("denied", StringComparison.OrdinalIgnoreCase) || code.Contains("forbidden", StringComparison.OrdinalIgnoreCase)
            ? $" The app needs the application permission {permission}, with an administrator's consent."
            : "";
}
