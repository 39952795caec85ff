using System.Text.Json;
using System.Text.Json.Nodes;
using MfaPlan.Sandbox.Directory;
using MfaPlan.Sandbox.Http;
using MfaPlan.Sandbox.Permissions;
using MfaPlan.Sandbox.Tenant;

namespace MfaPlan.Sandbox.Authentication;

/// <summary>Default method and per-user MFA state, on beta only (graph-api.md 3.8, 3.9).</summary>
internal sealed class PreferenceRoutes(TenantState tenant)
{
    private const string Preferred = "userPreferredMethodForSecondaryAuthentication";
    private const string SystemPreferred = "isSystemPreferredAuthenticationMethodEnabled";

    private static readonly string[] Defaults =
        ["push", "oath", "voiceMobile", "voiceAlternateMobile", "voiceOffice", "sms"];

    private static readonly string[] States = ["disabled", "enabled", "enforced"];

    public IEnumerable<Route> All()
    {
        const string Prefix = "users/{user}/authentication/";
        return
        [
            new("GET", Prefix + "signInPreferences", ApiVersion.Beta, Access.PreferencesRead, GetPreferences),
            new("PATCH", Prefix + "signInPreferences", ApiVersion.Beta, Access.PreferencesWrite, PatchPreferences),
            new("GET", Prefix + "requirements", ApiVersion.Beta, Access.RequirementsRead, GetRequirements),
            new("PATCH", Prefix + "requirements", ApiVersion.Beta, Access.RequirementsWrite, PatchRequirements),
        ];
    }

    private GraphAnswer WithUser(GraphRequest request, Func<SandboxUser, GraphAnswer> then) =>
        tenant.Users.Find(request["user"]) is { } user ? then(user) : GraphAnswer.NotFound(request["user"]);

    private GraphAnswer GetPreferences(GraphRequest request) => WithUser(request, user =>
    {
        var seen = user.Authentication.Seen(tenant.Now);
        return GraphAnswer.Ok(new JsonObject
        {
            [SystemPreferred] = seen.IsSystemPreferred ?? OurChoices.IsSystemPreferredByDefault,
            [Preferred] = seen.PreferredMethod,
        });
    });

    private GraphAnswer PatchPreferences(GraphRequest request) => WithUser(request, user =>
    {
        if (request.BodyObject is not { } body || (!body.ContainsKey(Preferred) && !body.ContainsKey(SystemPreferred)))
        {
            return OurChoices.BadBody($"The body needs {Preferred} or {SystemPreferred}.");
        }

        lock (user.Gate)
        {
            var next = user.Authentication.Current;
            if (body.ContainsKey(Preferred))
            {
                if (body.Text(Preferred) is not { } preferred || !Defaults.Contains(preferred, StringComparer.Ordinal))
                {
                    return OurChoices.BadValue(Preferred);
                }

                if (!OurChoices.CanPrefer(preferred, next))
                {
                    return OurChoices.PreferenceNotRegistered(preferred);
                }

                next = next with { PreferredMethod = preferred };
            }

            if (body.TryGetPropertyValue(SystemPreferred, out var flag))
            {
                if (flag?.GetValueKind() is not (JsonValueKind.True or JsonValueKind.False))
                {
                    return OurChoices.BadValue(SystemPreferred);
                }

                next = next with { IsSystemPreferred = flag.GetValue<bool>() };
            }

            tenant.Put(user, next);
            return GraphAnswer.NoContent();
        }
    });

    private GraphAnswer GetRequirements(GraphRequest request) => WithUser(
        request,
        user => GraphAnswer.Ok(new JsonObject
        {
            ["perUserMfaState"] = user.Authentication.Seen(tenant.Now).PerUserMfaState ?? "disabled",
        }));

    /// <summary>The service does not mind how the property's name is cased.</summary>
    private GraphAnswer PatchRequirements(GraphRequest request) => WithUser(request, user =>
    {
        var value = (request.BodyObject ?? [])
            .FirstOrDefault(static pair => pair.Key.Equals("perUserMfaState", StringComparison.OrdinalIgnoreCase))
            .Value;
        if (value is null
            || value.GetValueKind() != JsonValueKind.String
            || !States.Contains(value.GetValue<string>(), StringComparer.Ordinal))
        {
            return OurChoices.BadValue("perUserMfaState");
        }

        lock (user.Gate)
        {
            tenant.Put(user, user.Authentication.Current with { PerUserMfaState = value.GetValue<string>() });
            return GraphAnswer.NoContent();
        }
    });
}
