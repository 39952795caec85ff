namespace MfaPlan.Sandbox.Tenant;

/// <summary>Where documents stand in the tenant file; what is not here, is unknown.</summary>
internal static class DocumentPaths
{
    public const string Domains = "domains";
    public const string MethodsPolicy = "policies/authenticationMethodsPolicy";
    public const string RolloutPolicies = "policies/featureRolloutPolicies";
    public const string StrengthPolicies = "policies/authenticationStrengthPolicies";
    public const string SecurityDefaults = "policies/identitySecurityDefaultsEnforcementPolicy";
    public const string RoleAssignments = "roleManagement/directory/roleAssignments";
    public const string RoleDefinitions = "roleManagement/directory/roleDefinitions";
    public const string RoleEligibilities = "roleManagement/directory/roleEligibilityScheduleInstances";
    public const string RoleAssignmentInstances = "roleManagement/directory/roleAssignmentScheduleInstances";
    public const string GroupEligibilities = "identityGovernance/privilegedAccess/group/eligibilityScheduleInstances";
    public const string AccessPolicies = "identity/conditionalAccess/policies";
    public const string NamedLocations = "identity/conditionalAccess/namedLocations";
    public const string SignIns = "auditLogs/signIns";
    public const string DirectoryAudits = "auditLogs/directoryAudits";
    public const string RegistrationDetails = "reports/authenticationMethods/userRegistrationDetails";

    /// <summary>The devices stand in the file like a document, and are kept one by one.</summary>
    public const string HardwareDevices = "directory/hardwareOathDevices";

    public const string Permissions = "permissions";
    public const string Limits = "limits";
    public const string Faults = "faults";

    /// <summary>The order in which the tenant is shown.</summary>
    public static readonly IReadOnlyList<string> All =
    [
        Domains,
        MethodsPolicy,
        RolloutPolicies,
        StrengthPolicies,
        SecurityDefaults,
        RoleAssignments,
        RoleDefinitions,
        RoleEligibilities,
        RoleAssignmentInstances,
        GroupEligibilities,
        AccessPolicies,
        NamedLocations,
        HardwareDevices,
        SignIns,
        DirectoryAudits,
        RegistrationDetails,
        Permissions,
        Limits,
        Faults,
    ];

    /// <summary>Documents that are objects; all others are arrays.</summary>
    public static bool IsObject(string path) => path is MethodsPolicy or SecurityDefaults or Limits or Faults;
}
