using System.Collections.Frozen;

namespace MfaPlan.Sandbox.Tenant;

/// <summary>The names a tenant file may use: Graph's own (from the OpenAPI subsets of v1.0 and beta) and
/// ours.</summary>
internal static class KnownNames
{
    public static readonly IReadOnlyList<string> Top =
    [
        "tenantId", "users", "groups", "domains", "policies", "roleManagement", "identity", "identityGovernance",
        "directory", "auditLogs", "reports", "permissions", "limits", "faults", "sandbox",
    ];

    public static readonly IReadOnlyList<string> Phone =
        ["id", "phoneType", "phoneNumber", "smsSignInState", "createdDateTime", "lastUsedDateTime"];

    public static readonly IReadOnlyList<string> SignInPreferences =
        ["isSystemPreferredAuthenticationMethodEnabled", "userPreferredMethodForSecondaryAuthentication"];

    public static readonly IReadOnlyList<string> Requirements = ["perUserMfaState"];

    public static readonly IReadOnlyList<string> HardwareDevice =
    [
        "id", "displayName", "serialNumber", "manufacturer", "model", "secretKey", "timeIntervalInSeconds",
        "hashFunction", "status", "lastUsedDateTime", "assignedTo",
    ];

    public static readonly FrozenSet<string> User = FrozenSet.Create(
        StringComparer.Ordinal,
        "aboutMe", "accountEnabled", "ageGroup", "assignedLicenses", "assignedPlans", "authentication",
        "authorizationInfo", "birthday", "businessPhones", "city", "cloudLicensing", "companyName",
        "consentProvidedForMinor", "country", "createdDateTime", "creationType", "customSecurityAttributes",
        "deletedDateTime", "department", "deviceKeys", "displayName", "employeeHireDate", "employeeId",
        "employeeLeaveDateTime", "employeeOrgData", "employeeType", "externalUserState",
        "externalUserStateChangeDateTime", "faxNumber", "givenName", "hireDate", "id", "identities",
        "identityGovernance", "identityParentId", "imAddresses", "infoCatalogs", "interests",
        "isLicenseReconciliationNeeded", "isManagementRestricted", "isResourceAccount", "jobTitle",
        "lastPasswordChangeDateTime", "legalAgeGroupClassification", "licenseAssignmentStates", "mail",
        "mailNickname", "mobilePhone", "mySite", "officeLocation", "onPremisesDistinguishedName",
        "onPremisesDomainName", "onPremisesExtensionAttributes", "onPremisesImmutableId",
        "onPremisesLastSyncDateTime", "onPremisesProvisioningErrors", "onPremisesSamAccountName",
        "onPremisesSecurityIdentifier", "onPremisesSipInfo", "onPremisesSyncEnabled", "onPremisesUserPrincipalName",
        "otherMails", "passwordPolicies", "passwordProfile", "pastProjects", "postalCode",
        "preferredDataLocation", "preferredLanguage", "preferredName", "provisionedPlans", "proxyAddresses",
        "refreshTokensValidFromDateTime", "responsibilities", "schools", "securityIdentifier",
        "serviceProvisioningErrors", "showInAddressList", "signInActivity", "signInSessionsValidFromDateTime",
        "skills", "state", "streetAddress", "surname", "usageLocation", "userPrincipalName", "userType");

    public static readonly FrozenSet<string> Group = FrozenSet.Create(
        StringComparer.Ordinal,
        "accessType", "allowExternalSenders", "assignedLabels", "autoSubscribeNewMembers", "classification",
        "cloudLicensing", "createdByAppId", "createdDateTime", "deletedDateTime", "description", "displayName",
        "expirationDateTime", "groupTypes", "hasMembersWithLicenseErrors", "hideFromAddressLists",
        "hideFromOutlookClients", "id", "infoCatalogs", "isArchived", "isAssignableToRole", "isFavorite",
        "isManagementRestricted", "isSubscribedByMail", "mail", "mailEnabled", "mailNickname", "members",
        "membershipRule", "membershipRuleProcessingState", "membershipRuleProcessingStatus", "onPremisesDomainName",
        "onPremisesExtensionAttributes", "onPremisesLastSyncDateTime", "onPremisesNetBiosName",
        "onPremisesProvisioningErrors", "onPremisesSamAccountName", "onPremisesSecurityIdentifier",
        "onPremisesSyncEnabled", "organizationId", "owners", "preferredDataLocation", "preferredLanguage",
        "proxyAddresses", "renewedDateTime", "resourceBehaviorOptions", "resourceProvisioningOptions",
        "securityEnabled", "securityIdentifier", "serviceProvisioningErrors", "theme", "uniqueName",
        "unseenConversationsCount", "unseenCount", "unseenMessagesCount", "visibility");

    /// <summary>The known name with the fewest edits to a given one, or null where none is near.</summary>
    public static string? Nearest(string name, IEnumerable<string> known)
    {
        var (best, distance) = known
            .Select(candidate => (Candidate: candidate, Distance: Edits(name, candidate)))
            .MinBy(static pair => pair.Distance);
        return distance <= Math.Max(2, name.Length / 3) ? best : null;
    }

    private static int Edits(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var same = char.ToUpperInvariant(from[i - 1]) == char.ToUpperInvariant(to[j - 1]);
                var next = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (same ? 0 : 1));
                diagonal = row[j];
                row[j] = next;
            }
        }

        return row[^1];
    }
}
