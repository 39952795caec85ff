using System.Text.Json;
using System.Text.Json.Nodes;
using MfaPlan.Sandbox.Directory;
using MfaPlan.Sandbox.Http;
using MfaPlan.Sandbox.Permissions;
using MfaPlan.Sandbox.Policies;
using MfaPlan.Sandbox.Queries;
using MfaPlan.Sandbox.Tenant;

namespace MfaPlan.Sandbox.Reports;

/// <summary>Who is registered for MFA: rows of the tenant file, else worked out from methods and policy (graph-api.md
/// 8.1).</summary>
internal sealed class RegistrationRoutes(TenantState tenant, Paging paging)
{
    private readonly Lock _gate = new();
    private (object? Version, Dictionary<string, JsonElement> Rows) _given = (null, []);

    public IEnumerable<Route> All()
    {
        const string Path = "reports/authenticationMethods/userRegistrationDetails";
        return
        [
            new("GET", Path, ApiVersion.Both, Access.AuditRead, List) { Budget = Budget.Reports },
            new("GET", Path + "/{id}", ApiVersion.Both, Access.AuditRead, Get) { Budget = Budget.Reports },
        ];
    }

    private GraphAnswer List(GraphRequest request)
    {
        var filter = request.Query.Filter is { } text ? FilterParser.Parse(text) : null;
        var users = (filter is null ? null : tenant.Users.Candidates(filter)) ?? tenant.Users.All;
        var report = Report();
        return paging.Page(request, users.Count, index =>
        {
            var row = report(users[index]);
            return filter is null || filter.Holds(Json.Element(row)) ? Projection.Select(row, request) : null;
        });
    }

    private GraphAnswer Get(GraphRequest request) => tenant.Users.ById(request["id"]) is { } user
        ? GraphAnswer.Ok(Projection.Select(Report()(user), request))
        : GraphAnswer.NotFound(request["id"]);

    private Dictionary<string, JsonElement> Given()
    {
        lock (_gate)
        {
            var version = tenant.Documents.VersionOf(DocumentPaths.RegistrationDetails);
            if (!ReferenceEquals(_given.Version, version))
            {
                var rows = new Dictionary<string, JsonElement>(StringComparer.OrdinalIgnoreCase);
                var document = tenant.Documents.Current(DocumentPaths.RegistrationDetails);
                foreach (var row in document?.EnumerateArray() ?? default)
                {
                    if ((row.Text("id") ?? tenant.Users.Find(row.Text("userPrincipalName") ?? "-")?.Id) is { } id)
                    {
                        rows[id] = row;
                    }
                }

                _given = (version, rows);
            }

            return _given.Rows;
        }
    }

    /// <summary>What gives the row of a user; roles and policy are looked at once.</summary>
    private Func<SandboxUser, JsonObject> Report()
    {
        var given = Given();
        var policy = Json.Element(MethodsPolicy.Seen(tenant));
        var enabled = policy.Items("authenticationMethodConfigurations")
            .Where(static item => item.Text("state") == "enabled")
            .ToDictionary(static item => item.Text("id") ?? "-", static item => item, StringComparer.Ordinal);
        var admins = tenant.Documents.Seen(DocumentPaths.RoleAssignments, tenant.Now) is { } assignments
            ? assignments.EnumerateArray()
                .Select(static item => item.Text("principalId") ?? "-")
                .ToHashSet(StringComparer.OrdinalIgnoreCase)
            : [];
        return user =>
        {
            var row = Computed(user, configuration => enabled.TryGetValue(configuration, out var item)
                && MethodsPolicy.Includes(tenant, item, user.Id));
            row["isAdmin"] = admins.Contains(user.Id);
            if (given.TryGetValue(user.Id, out var known))
            {
                foreach (var property in known.EnumerateObject())
                {
                    row[property.Name] = Json.Node(property.Value);
                }
            }

            return row;
        };
    }

    private JsonObject Computed(SandboxUser user, Func<string, bool> isAllowed)
    {
        var seen = user.Authentication.Seen(tenant.Now);
        var registered = OurChoices.RegisteredNames(seen).ToList();
        var properties = user.Properties;
        return new()
        {
            ["id"] = user.Id,
            ["userPrincipalName"] = user.UserPrincipalName,
            ["userDisplayName"] = properties.Text("displayName"),
            ["userType"] = "Guest".Equals(properties.Text("userType"), StringComparison.OrdinalIgnoreCase)
                ? "guest"
                : "member",
            ["isAdmin"] = false,
            ["isMfaRegistered"] = registered.Exists(static item => item.Configuration is not null),
            ["isMfaCapable"] = registered.Exists(
                item => item.Configuration is { } configuration && isAllowed(configuration)),
            ["isPasswordlessCapable"] = seen.Has("fido2Methods") || seen.Has("windowsHelloForBusinessMethods"),
            ["isSsprRegistered"] = registered.Count > 0,
            ["isSsprEnabled"] = false,
            ["isSsprCapable"] = false,
            ["isSystemPreferredAuthenticationMethodEnabled"] = seen.IsSystemPreferred
                ?? OurChoices.IsSystemPreferredByDefault,
            ["systemPreferredAuthenticationMethods"] = new JsonArray(),
            ["userPreferredMethodForSecondaryAuthentication"] = seen.PreferredMethod ?? "none",
            ["methodsRegistered"] = new JsonArray([.. registered.Select(static item => (JsonNode)item.Name)]),
            ["lastUpdatedDateTime"] = SandboxClock.Format(tenant.Now),
        };
    }
}
