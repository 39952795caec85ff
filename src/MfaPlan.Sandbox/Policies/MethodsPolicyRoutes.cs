using System.Text.Json.Nodes;
using MfaPlan.Sandbox.Http;
using MfaPlan.Sandbox.Permissions;
using MfaPlan.Sandbox.Tenant;

namespace MfaPlan.Sandbox.Policies;

/// <summary>The authentication methods policy (graph-api.md 4).</summary>
internal sealed class MethodsPolicyRoutes(TenantState tenant)
{
    private static readonly string[] BetaOnly =
        ["systemCredentialPreferences", "reportSuspiciousActivitySettings", "microsoftAuthenticatorPlatformSettings"];

    private static readonly string[] Writable =
    [
        RegistrationEnforcement.Name, "policyMigrationState", "reconfirmationInDays", "displayName", "description",
        "authenticationMethodConfigurations", .. BetaOnly,
    ];

    private static readonly string[] States = ["enabled", "disabled"];

    public IEnumerable<Route> All()
    {
        const string Policy = "policies/authenticationMethodsPolicy";
        const string Configuration = Policy + "/authenticationMethodConfigurations/{id}";
        return
        [
            new(
                "GET",
                Policy,
                ApiVersion.Both,
                Access.MethodsPolicyRead,
                request => GraphAnswer.Ok(Show(MethodsPolicy.Seen(tenant), request.Version))),
            new("PATCH", Policy, ApiVersion.Both, Access.MethodsPolicyWrite, Patch),
            new("GET", Configuration, ApiVersion.Both, Access.MethodsPolicyRead, GetConfiguration),
            new("PATCH", Configuration, ApiVersion.Both, Access.MethodsPolicyWrite, PatchConfiguration),
            new("DELETE", Configuration, ApiVersion.Both, Access.MethodsPolicyWrite, ResetConfiguration),
        ];
    }

    private static bool IsHidden(string id, ApiVersion version) =>
        version == ApiVersion.V1 && id.Equals("HardwareOath", StringComparison.OrdinalIgnoreCase);

    private static JsonObject Show(JsonObject policy, ApiVersion version)
    {
        if (version != ApiVersion.V1)
        {
            return policy;
        }

        RegistrationEnforcement.HideBeta(policy);
        foreach (var name in BetaOnly)
        {
            policy.Remove(name);
        }

        if (MethodsPolicy.Configuration(policy, "HardwareOath") is { } hardware)
        {
            policy["authenticationMethodConfigurations"]?.AsArray().Remove(hardware);
        }

        return policy;
    }

    private GraphAnswer GetConfiguration(GraphRequest request) =>
        !IsHidden(request["id"], request.Version)
        && MethodsPolicy.Configuration(MethodsPolicy.Seen(tenant), request["id"]) is { } configuration
            ? GraphAnswer.Ok(configuration.DeepClone())
            : GraphAnswer.NotFound(request["id"]);

    private GraphAnswer Patch(GraphRequest request)
    {
        if (request.BodyObject is not { } body)
        {
            return OurChoices.BadBody("The body must be an object.");
        }

        var unknown = body
            .Select(static pair => pair.Key)
            .FirstOrDefault(name => name[0] != '@' && name != "id"
                && (!Writable.Contains(name, StringComparer.Ordinal)
                    || (request.Version == ApiVersion.V1 && BetaOnly.Contains(name, StringComparer.Ordinal))));
        if (unknown is not null)
        {
            return OurChoices.BadValue(unknown);
        }

        if (body.ContainsKey(RegistrationEnforcement.Name)
            && RegistrationEnforcement.Refuse(body[RegistrationEnforcement.Name], request.Version) is { } refused)
        {
            return OurChoices.BadValue(refused);
        }

        lock (tenant.Documents.Gate)
        {
            var policy = MethodsPolicy.Current(tenant);
            foreach (var (name, value) in body.Where(static pair => pair.Key[0] != '@' && pair.Key != "id"))
            {
                if (name != "authenticationMethodConfigurations")
                {
                    policy[name] = value?.DeepClone();
                    OurChoices.FillCampaign(policy);
                    continue;
                }

                foreach (var change in (value as JsonArray ?? []).OfType<JsonObject>())
                {
                    if (MethodsPolicy.Configuration(policy, change.Text("id") ?? string.Empty) is not { } configuration
                        || Merge(configuration, change) is not null)
                    {
                        return OurChoices.BadValue(name);
                    }
                }
            }

            Save(policy);
            return GraphAnswer.Ok(Show(policy, request.Version));
        }
    }

    private GraphAnswer PatchConfiguration(GraphRequest request)
    {
        if (request.BodyObject is not { } body)
        {
            return OurChoices.BadBody("The body must be an object.");
        }

        lock (tenant.Documents.Gate)
        {
            var policy = MethodsPolicy.Current(tenant);
            if (IsHidden(request["id"], request.Version)
                || MethodsPolicy.Configuration(policy, request["id"]) is not { } configuration)
            {
                return GraphAnswer.NotFound(request["id"]);
            }

            if (Merge(configuration, body) is { } bad)
            {
                return OurChoices.BadValue(bad);
            }

            Save(policy);
            return GraphAnswer.NoContent();
        }
    }

    private GraphAnswer ResetConfiguration(GraphRequest request)
    {
        lock (tenant.Documents.Gate)
        {
            var policy = MethodsPolicy.Current(tenant);
            if (IsHidden(request["id"], request.Version)
                || MethodsPolicy.Configuration(policy, request["id"]) is not { } configuration
                || MethodsPolicy.Default(request["id"]) is not { } reset)
            {
                return GraphAnswer.NotFound(request["id"]);
            }

            configuration.ReplaceWith(reset);
            Save(policy);
            return GraphAnswer.NoContent();
        }
    }

    /// <summary>Arrays are replaced whole. Gives the name of the property that cannot be taken.</summary>
    private static string? Merge(JsonObject configuration, JsonObject change)
    {
        if (change.ContainsKey("@odata.type") && change.Text("@odata.type") != configuration.Text("@odata.type"))
        {
            return "@odata.type";
        }

        if (change.ContainsKey("state") && !States.Contains(change.Text("state"), StringComparer.Ordinal))
        {
            return "state";
        }

        foreach (var name in new[] { "includeTargets", "excludeTargets" })
        {
            if (change[name] is JsonArray targets
                && targets.Any(
                    static target => target is not JsonObject item
                        || item.Text("id") is null
                        || item.Text("targetType") is null))
            {
                return name;
            }
        }

        foreach (var (name, value) in change.Where(static pair => pair.Key[0] != '@' && pair.Key != "id"))
        {
            configuration[name] = value?.DeepClone();
        }

        return null;
    }

    private void Save(JsonObject policy)
    {
        policy["lastModifiedDateTime"] = SandboxClock.Format(tenant.Now);
        tenant.Put(DocumentPaths.MethodsPolicy, Json.Element(policy));
    }
}
