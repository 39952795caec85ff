using System.Collections.Immutable;
using System.Text.Json;
using MfaPlan.Core.Tenants.Access;
using MfaPlan.Graph.Http;

namespace MfaPlan.Graph.Access;

/// <summary>
/// Reads a Conditional Access policy. A condition or control that is set and not known here is listed in the policy, which then proves
/// nothing; a policy is never read as wider or narrower than it is.
/// </summary>
/// <seealso href="https://learn.microsoft.com/graph/api/resources/conditionalaccessconditionset"/>
internal static class AccessPolicyJson
{
    private static readonly ImmutableArray<string> ClientApps =
        ["all", "browser", "mobileAppsAndDesktopClients", "exchangeActiveSync", "easSupported", "other"];

    private static readonly ImmutableArray<string> Platforms = ["all", "android", "iOS", "windows", "windowsPhone", "macOS", "linux"];

    private static readonly ImmutableArray<string> GuestTypes =
        ["internalGuest", "b2bCollaborationGuest", "b2bCollaborationMember", "b2bDirectConnectUser", "otherExternalUser", "serviceProvider"];

    private static readonly ImmutableArray<string> Risks =
        ["signInRiskLevels", "userRiskLevels", "insiderRiskLevels", "servicePrincipalRiskLevels", "agentIdRiskLevels"];

    /// <summary>The id of an object.</summary>
    /// <exception cref="ReadFailedException">It has none.</exception>
    public static string IdOf(JsonElement json) =>
        JsonMembers.Text(json, "id") is { Length: > 0 } id ? id : throw new ReadFailedException(TransportCode.InvalidAnswer, 200);

    /// <summary>Reads a policy.</summary>
    /// <exception cref="ReadFailedException">It is no policy: without id or state.</exception>
    public static AccessPolicy Of(JsonElement json)
    {
        var conditions = new List<string>();
        var controls = new List<string>();
        var policy = new JsonMembers(json, "", conditions).Only(
            "id", "displayName", "description", "createdDateTime", "modifiedDateTime", "templateId", "state", "conditions", "grantControls", "sessionControls");
        if (!policy.IsSet("conditions"))
        {
            conditions.Add("conditions");
        }

        var set = policy.Within("conditions").Only([
            "users", "applications", "clientAppTypes", "platforms", "locations", "devices", "deviceStates", "authenticationFlows", "clientApplications",
            .. Risks]);
        var users = set.Within("users").Only(
            "includeUsers", "includeGroups", "includeRoles", "includeGuestsOrExternalUsers",
            "excludeUsers", "excludeGroups", "excludeRoles", "excludeGuestsOrExternalUsers");
        return new AccessPolicy(IdOf(json), JsonMembers.Text(json, "displayName") ?? "", StateOf(JsonMembers.Text(json, "state")))
        {
            Include = UsersOf(users, "include"),
            Exclude = UsersOf(users, "exclude"),
            Resources = ResourcesOf(set.Within("applications")),
            Conditions = ConditionsOf(set),
            Controls = ControlsOf(new JsonMembers(json, "", controls).Within("grantControls")),
            UnjudgedConditions = [.. conditions.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            UnjudgedControls = [.. controls.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
        };
    }

    private static AccessState StateOf(string? word) => word switch
    {
        "enabled" => AccessState.Enabled,
        "disabled" => AccessState.Disabled,
        "enabledForReportingButNotEnforced" => AccessState.ReportOnly,
        null => throw new ReadFailedException(TransportCode.InvalidAnswer, 200),
        _ => AccessState.Unknown,
    };

    private static AccessUsers UsersOf(JsonMembers users, string side)
    {
        var all = false;
        GuestScope? guests = null;
        var named = users.Ids(side + "Users", word =>
        {
            all |= word == "All";
            guests = word == "GuestsOrExternalUsers" ? GuestScope.AllOfThem : guests;
            return word is "All" or "None" or "GuestsOrExternalUsers";
        });
        var kinds = side + "GuestsOrExternalUsers";
        var within = users.Within(kinds).Only("guestOrExternalUserTypes", "externalTenants");
        if (users.IsSet(kinds) && guests is null)
        {
            var tenants = within.Within("externalTenants").Only("membershipKind", "members");
            guests = new GuestScope(within.Words("guestOrExternalUserTypes", GuestTypes), tenants.Words("membershipKind", ["all", "enumerated"]) is ["all"]);
            // No type at all names nobody; an empty list stands for the word that means all of them.
            guests = guests.Types.IsEmpty ? null : guests;
        }

        return new AccessUsers(all, named, users.Ids(side + "Groups", static _ => false), users.Ids(side + "Roles", static _ => false), guests);
    }

    private static AccessResources ResourcesOf(JsonMembers apps)
    {
        apps.Only(
            "includeApplications", "excludeApplications", "includeUserActions", "includeAuthenticationContextClassReferences", "applicationFilter");
        return new(
            apps.Words("includeApplications"),
            apps.Words("excludeApplications"),
            apps.Words("includeUserActions"),
            apps.Words("includeAuthenticationContextClassReferences"),
            apps.IsSet("applicationFilter"));
    }

    private static AccessConditions ConditionsOf(JsonMembers set)
    {
        var platforms = set.Within("platforms").Only("includePlatforms", "excludePlatforms");
        var locations = set.Within("locations").Only("includeLocations", "excludeLocations");
        var flows = set.Within("authenticationFlows").Only("transferMethods");
        return new AccessConditions
        {
            ClientApps = set.Words("clientAppTypes", ClientApps),
            Platforms = platforms.Words("includePlatforms", Platforms),
            NotPlatforms = platforms.Words("excludePlatforms", Platforms),
            Locations = locations.Words("includeLocations"),
            NotLocations = locations.Words("excludeLocations"),
            Risks = [.. Risks.SelectMany(name => set.Words(name).Select(word => $"{name} {word}"))],
            Devices = DevicesOf(set),
            Flows = [.. flows.Words("transferMethods", ["none", "deviceCodeFlow", "authenticationTransfer"]).Where(static word => word != "none")],
            Workloads = IsOfWorkloads(set.Within("clientApplications")),
        };
    }

    private static string? DevicesOf(JsonMembers set)
    {
        var devices = set.Within("devices").Only(
            "deviceFilter", "includeDevices", "excludeDevices", "includeDeviceStates", "excludeDeviceStates");
        var states = set.Within("deviceStates").Only("includeStates", "excludeStates");
        if (devices.IsSet("deviceFilter"))
        {
            var filter = devices.Within("deviceFilter").Only("mode", "rule");
            return $"a filter ({filter.Text("mode")}: {filter.Text("rule")})";
        }

        return Narrow(devices, "includeDevices", "excludeDevices") || Narrow(devices, "includeDeviceStates", "excludeDeviceStates")
            || Narrow(states, "includeStates", "excludeStates")
            ? "their state"
            : null;

        static bool Narrow(JsonMembers members, string include, string exclude) =>
            !members.Words(exclude).IsEmpty || members.Words(include) is not ([] or ["All"]);
    }

    private static bool IsOfWorkloads(JsonMembers workloads)
    {
        workloads.Only(
            "includeServicePrincipals", "excludeServicePrincipals", "servicePrincipalFilter",
            "includeAgentIdServicePrincipals", "excludeAgentIdServicePrincipals", "agentIdServicePrincipalFilter");
        return !workloads.Words("includeServicePrincipals").IsEmpty || !workloads.Words("includeAgentIdServicePrincipals").IsEmpty
            || workloads.IsSet("servicePrincipalFilter") || workloads.IsSet("agentIdServicePrincipalFilter");
    }

    private static AccessControls ControlsOf(JsonMembers grant)
    {
        grant.Only("operator", "builtInControls", "customAuthenticationFactors", "termsOfUse", "authenticationStrength");
        var strength = grant.Within("authenticationStrength");
        var id = strength.Text("id");
        if (grant.IsSet("authenticationStrength") && id is null)
        {
            strength.Only();
        }

        return new AccessControls(
            grant.Text("operator") ?? "",
            grant.Words("builtInControls"),
            grant.Words("customAuthenticationFactors").Length + grant.Words("termsOfUse").Length,
            id);
    }
}
