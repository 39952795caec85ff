namespace MfaPlan.Sandbox.Permissions;

/// <summary>Which permissions open which route: least and higher ones (graph-api.md, <c>x-permissions</c>).</summary>
internal static class PermissionTable
{
    private const string AllMethodsRead = "UserAuthenticationMethod.Read.All";
    private const string AllMethodsWrite = "UserAuthenticationMethod.ReadWrite.All";
    private const string DirectoryRead = "Directory.Read.All";
    private const string DirectoryWrite = "Directory.ReadWrite.All";
    private const string PolicyRead = "Policy.Read.All";
    private const string MethodPolicyRead = "Policy.Read.AuthenticationMethod";
    private const string MethodPolicyWrite = "Policy.ReadWrite.AuthenticationMethod";

    private static readonly Dictionary<Access, string[]> Table = new()
    {
        [Access.GroupRead] =
        [
            "Group.ReadBasic.All", "GroupMember.Read.All", "GroupMember.ReadWrite.All", "Group.Read.All",
            "Group.ReadWrite.All", DirectoryRead, DirectoryWrite,
        ],
        [Access.MemberRead] =
        [
            "GroupMember.ReadBasic.All", "GroupMember.Read.All", "GroupMember.ReadWrite.All", "Group.Read.All",
            "Group.ReadWrite.All", DirectoryRead, DirectoryWrite,
        ],
        [Access.MemberWrite] = ["GroupMember.ReadWrite.All", "Group.ReadWrite.All", DirectoryWrite],
        [Access.UserRead] = ["User.Read.All", "User.ReadWrite.All", DirectoryRead, DirectoryWrite],
        [Access.ObjectsById] = [DirectoryRead, DirectoryWrite],
        [Access.OrganizationRead] =
            ["Organization.Read.All", "Organization.ReadWrite.All", DirectoryRead, DirectoryWrite],
        [Access.MethodsRead] = [AllMethodsRead, AllMethodsWrite],
        [Access.MethodsWrite] = [AllMethodsWrite],
        [Access.PhoneRead] = Typed("Phone", false),
        [Access.PhoneWrite] = Typed("Phone", true),
        [Access.EmailRead] = Typed("Email", false),
        [Access.EmailWrite] = Typed("Email", true),
        [Access.PasskeyRead] = Typed("Passkey", false),
        [Access.PasskeyWrite] = Typed("Passkey", true),
        [Access.AppRead] = Typed("MicrosoftAuthApp", false),
        [Access.AppWrite] = Typed("MicrosoftAuthApp", true),
        [Access.SoftwareOathRead] = Typed("SoftwareOATH", false),
        [Access.SoftwareOathWrite] = Typed("SoftwareOATH", true),
        [Access.HardwareOathRead] = Typed("HardwareOATH", false),
        [Access.HardwareOathWrite] = Typed("HardwareOATH", true),
        [Access.PassRead] = Typed("TAP", false),
        [Access.PassWrite] = Typed("TAP", true),
        [Access.PreferencesRead] = [AllMethodsRead, AllMethodsWrite],
        [Access.PreferencesWrite] = [AllMethodsWrite],
        [Access.RequirementsRead] = [PolicyRead, MethodPolicyWrite],
        [Access.RequirementsWrite] = [MethodPolicyWrite],
        [Access.DeviceRead] = [PolicyRead, MethodPolicyWrite],
        [Access.DeviceWrite] = [MethodPolicyWrite],
        [Access.MethodsPolicyRead] = [MethodPolicyRead, PolicyRead, MethodPolicyWrite],
        [Access.MethodsPolicyWrite] = [MethodPolicyWrite],
        [Access.RolloutRead] = [DirectoryWrite],
        [Access.RolloutWrite] = [DirectoryWrite],
        [Access.StrengthRead] = [MethodPolicyRead, PolicyRead, MethodPolicyWrite],
        [Access.SecurityDefaultsRead] = [PolicyRead],
        [Access.AccessPolicyRead] = ["Policy.Read.ConditionalAccess", PolicyRead, "Policy.ReadWrite.ConditionalAccess"],
        [Access.DomainRead] = ["Domain.Read.All", "Domain.ReadWrite.All", DirectoryRead, DirectoryWrite],
        [Access.FederationRead] = ["Domain-InternalFederation.Read.All", "Domain-InternalFederation.ReadWrite.All"],
        [Access.FederationWrite] = ["Domain-InternalFederation.ReadWrite.All", "Domain.ReadWrite.All"],
        [Access.RoleRead] =
        [
            "RoleManagement.Read.Directory", "RoleManagement.Read.All", "RoleManagement.ReadWrite.Directory",
            DirectoryRead, DirectoryWrite,
        ],
        [Access.RoleEligibilityRead] =
        [
            "RoleEligibilitySchedule.Read.Directory", "RoleEligibilitySchedule.ReadWrite.Directory",
            "RoleManagement.Read.Directory", "RoleManagement.Read.All", "RoleManagement.ReadWrite.Directory",
        ],
        [Access.RoleAssignmentScheduleRead] =
        [
            "RoleAssignmentSchedule.Read.Directory", "RoleAssignmentSchedule.ReadWrite.Directory",
            "RoleManagement.Read.Directory", "RoleManagement.Read.All", "RoleManagement.ReadWrite.Directory",
        ],
        [Access.GroupEligibilityRead] =
        [
            "PrivilegedEligibilitySchedule.Read.AzureADGroup", "PrivilegedEligibilitySchedule.ReadWrite.AzureADGroup",
        ],
        [Access.AuditRead] = ["AuditLog.Read.All"],
        [Access.DirectoryAuditRead] = ["AuditLog.Read.All", DirectoryRead],
    };

    /// <summary>Whether the held permissions allow it.</summary>
    public static bool Allows(Access access, IReadOnlySet<string> held) => Table[access].Any(held.Contains);

    /// <summary>Whether the methods service answers, whose refusals are worded differently from the
    /// directory's.</summary>
    public static bool IsMethodsService(Access access) =>
        access is >= Access.MethodsRead and <= Access.RequirementsWrite;

    private static string[] Typed(string kind, bool isWrite) => isWrite
        ? [$"UserAuthMethod-{kind}.ReadWrite.All", AllMethodsWrite]
        : [$"UserAuthMethod-{kind}.Read.All", $"UserAuthMethod-{kind}.ReadWrite.All", AllMethodsRead, AllMethodsWrite];
}
