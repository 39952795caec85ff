using System.Text.Json;
using System.Text.Json.Nodes;
using MfaPlan.Sandbox.Directory;
using MfaPlan.Sandbox.Tenant;

namespace MfaPlan.Sandbox.Policies;

/// <summary>One sign-in, held against policies one by one. Written from the documentation alone; the client's own evaluation shares nothing
/// with it.</summary>
internal sealed class WhatIf(TenantState tenant, SandboxUser user, JsonObject context, JsonObject signIn)
{
    private const string NotEnough = "notEnoughInformation";

    /// <summary>Why a policy does not apply; null where it does. Report-only policies apply like others.</summary>
    public string? WhyNot(JsonElement policy)
    {
        var conditions = Part(policy, "conditions");
        var users = Part(conditions, "users");
        if (!Names(users, "include") || Names(users, "exclude"))
        {
            return OurChoices.WhatIfReason("users");
        }

        return Resource(Part(conditions, "applications"))
            ?? Clients(conditions)
            ?? Listed(Part(conditions, "platforms"), "Platforms", signIn.Text("devicePlatform"), "all", "devicePlatform")
            ?? Location(Part(conditions, "locations"))
            ?? Level(conditions, "signInRiskLevels", "signInRiskLevel", "signInRisk")
            ?? Level(conditions, "userRiskLevels", "userRiskLevel", "userRisk")
            ?? Rest(conditions);
    }

    private static JsonElement Part(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var part) ? part : Json.Null;

    private static List<string> Texts(JsonElement element, string name) =>
        [.. element.Items(name).Select(static item => item.GetString() ?? string.Empty)];

    private static bool Has(List<string> words, string word) => words.Contains(word, StringComparer.OrdinalIgnoreCase);

    private bool Names(JsonElement users, string side)
    {
        var named = Texts(users, side + "Users");
        var isGuest = "Guest".Equals(user.Properties.Text("userType"), StringComparison.OrdinalIgnoreCase);
        return Has(named, "All")
            || Has(named, user.Id)
            || (Has(named, "GuestsOrExternalUsers") && isGuest)
            || (isGuest && Part(users, side + "GuestsOrExternalUsers").Text("guestOrExternalUserTypes") is { } types && types.Contains("Guest", StringComparison.Ordinal))
            || Texts(users, side + "Groups").Exists(group => tenant.Groups.IsMember(group, user.Id))
            || Texts(users, side + "Roles").Exists(Holds);
    }

    /// <summary>Only active assignments at the scope of the tenant count.</summary>
    private bool Holds(string role) => tenant.Documents.Seen(DocumentPaths.RoleAssignments, tenant.Now) is { } rows
        && rows.EnumerateArray().Any(row => role.Equals(row.Text("roleDefinitionId"), StringComparison.OrdinalIgnoreCase)
            && (row.Text("directoryScopeId") ?? "/") == "/"
            && row.Text("principalId") is { } principal
            && (principal.Equals(user.Id, StringComparison.OrdinalIgnoreCase) || tenant.Groups.IsMember(principal, user.Id)));

    private string? Resource(JsonElement applications)
    {
        switch (context.Text("@odata.type"))
        {
            case "#microsoft.graph.applicationContext":
                // Groups of apps never match as input.
                var asked = (context["includeApplications"] as JsonArray ?? []).Select(static item => item?.ToString() ?? string.Empty)
                    .Where(static app => Guid.TryParse(app, out _)).ToList();
                var included = Texts(applications, "includeApplications");
                var excluded = Texts(applications, "excludeApplications");
                return asked.Exists(app => (Has(included, "All") || Has(included, app)) && !Has(excluded, app))
                    && Part(applications, "applicationFilter").ValueKind != JsonValueKind.Object
                    ? null
                    : OurChoices.WhatIfReason("application");
            case "#microsoft.graph.userActionContext":
                return Has(Texts(applications, "includeUserActions"), "urn:user:" + context.Text("userAction"))
                    ? null
                    : OurChoices.WhatIfReason("userActions");
            default:
                return Has(Texts(applications, "includeAuthenticationContextClassReferences"), context.Text("authenticationContextValue") ?? "-")
                    ? null
                    : OurChoices.WhatIfReason("authenticationContext");
        }
    }

    private string? Clients(JsonElement conditions)
    {
        var apps = Texts(conditions, "clientAppTypes");
        return Has(apps, "all") ? null
            : signIn.Text("clientAppType") is not { } given ? NotEnough
            : Has(apps, given) ? null : OurChoices.WhatIfReason("clientApps");
    }

    private static string? Listed(JsonElement lists, string name, string? given, string everything, string reason)
    {
        var included = Texts(lists, "include" + name);
        var excluded = Texts(lists, "exclude" + name);
        if (excluded.Count == 0 && (included.Count == 0 || Has(included, everything)))
        {
            return null;
        }

        return given is null ? NotEnough
            : (included.Count == 0 || Has(included, everything) || Has(included, given)) && !Has(excluded, given) ? null
            : OurChoices.WhatIfReason(reason);
    }

    /// <summary>A place is matched by address ranges written as one address and by countries.</summary>
    private string? Location(JsonElement locations)
    {
        var included = Texts(locations, "includeLocations");
        var excluded = Texts(locations, "excludeLocations");
        if (excluded.Count == 0 && (included.Count == 0 || Has(included, "All")))
        {
            return null;
        }

        return signIn.Text("ipAddress") is null && signIn.Text("country") is null ? NotEnough
            : (included.Count == 0 || included.Exists(IsAt)) && !excluded.Exists(IsAt) ? null
            : OurChoices.WhatIfReason("location");
    }

    private bool IsAt(string location)
    {
        if (location.Equals("All", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        var places = tenant.Documents.Seen(DocumentPaths.NamedLocations, tenant.Now) is { } document ? document.EnumerateArray().ToList() : [];
        return places.Exists(place =>
            (location.Equals(place.Text("id"), StringComparison.OrdinalIgnoreCase)
                || (location.Equals("AllTrusted", StringComparison.OrdinalIgnoreCase) && place.Flag("isTrusted") == true))
            && (place.Items("ipRanges").Any(range => range.Text("cidrAddress")?.Split('/')[0] == signIn.Text("ipAddress"))
                || place.Items("countriesAndRegions").Any(country => country.GetString() == signIn.Text("country"))));
    }

    private string? Level(JsonElement conditions, string name, string given, string reason)
    {
        var levels = Texts(conditions, name);
        return levels.Count == 0 ? null
            : signIn.Text(given) is not { } level ? NotEnough
            : Has(levels, level) ? null : OurChoices.WhatIfReason(reason);
    }

    /// <summary>Conditions on which a sign-in as given says nothing.</summary>
    private static string? Rest(JsonElement conditions)
    {
        var isSet = Part(Part(conditions, "devices"), "deviceFilter").ValueKind == JsonValueKind.Object
            || Part(conditions, "insiderRiskLevels").ValueKind == JsonValueKind.String
            || Part(conditions, "authenticationFlows").Text("transferMethods") is { } flows && flows != "none";
        return isSet ? NotEnough
            : Part(conditions, "clientApplications").Items("includeServicePrincipals").Any() ? OurChoices.WhatIfReason("workloadIdentities")
            : null;
    }
}
