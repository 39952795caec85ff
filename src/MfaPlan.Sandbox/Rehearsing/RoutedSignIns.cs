using System.Text.Json;
using System.Text.Json.Nodes;
using MfaPlan.Sandbox.Directory;
using MfaPlan.Sandbox.Tenant;

namespace MfaPlan.Sandbox.Rehearsing;

/// <summary>
/// How a sign-in of now stands in the log: with a second factor of Entra for whom a staged rollout, a switched domain or a managed one
/// sends there, and with the identity provider's word for everybody else (graph-api.md 8.3).
/// </summary>
internal sealed class RoutedSignIns
{
    private readonly TenantState _tenant;
    private readonly Dictionary<string, bool> _domains;
    private readonly List<GroupMembers> _rolledOut;
    private readonly string _now;

    private RoutedSignIns(TenantState tenant)
    {
        _tenant = tenant;
        _now = SandboxClock.Format(tenant.Now);
        _domains = Documents(tenant, DocumentPaths.Domains)
            .ToDictionary(static domain => domain.Text("id") ?? "", static domain => IsEntras(domain), StringComparer.OrdinalIgnoreCase);
        _rolledOut =
        [
            .. Documents(tenant, DocumentPaths.RolloutPolicies)
                .Where(static policy => policy.Text("feature") == "multiFactorAuthentication" && policy.Flag("isEnabled") == true)
                .SelectMany(static policy => policy.Items("appliesTo"))
                .Select(group => tenant.Groups.Find(group.Text("id") ?? ""))
                .OfType<SandboxGroup>()
                .Select(group => group.Members.Seen(tenant.Now)),
        ];
    }

    /// <summary>The routing as it is now.</summary>
    public static RoutedSignIns Of(TenantState tenant) => new(tenant);

    /// <summary>The line of the log of one sign-in.</summary>
    /// <param name="user">Who signs in.</param>
    /// <param name="fails">Whether the second factor, where Entra asks for one, is not passed.</param>
    /// <param name="isIn">Whether the user got in.</param>
    public JsonObject SignIn(SandboxUser user, bool fails, out bool isIn)
    {
        var line = new JsonObject
        {
            ["id"] = Ids.New("signIn", _tenant.Now),
            ["createdDateTime"] = _now,
            ["userId"] = user.Id,
            ["userPrincipalName"] = user.UserPrincipalName,
            ["signInEventTypes"] = new JsonArray("interactiveUser"),
        };
        if (!IsEntras(user))
        {
            isIn = true;
            return Ended(line, "ADFederationServices", "singleFactorAuthentication", 0, Step(OurChoices.FederatedStep, succeeded: true));
        }

        var step = OurChoices.StepOf(user.Authentication.Current);
        isIn = step is not null && !fails;
        return Ended(
            line, "AzureAD", "multiFactorAuthentication", isIn ? 0 : step is null ? OurChoices.MustRegister : OurChoices.FailedMfa,
            [Step("Password", succeeded: true), .. step is null ? [] : new[] { Step(step, isIn) }]);
    }

    private static List<JsonElement> Documents(TenantState tenant, string path) =>
        tenant.Documents.Current(path) is { } document ? [.. document.EnumerateArray()] : [];

    private static JsonObject Ended(JsonObject line, string issuer, string requirement, int code, params JsonNode[] steps)
    {
        line["tokenIssuerType"] = issuer;
        line["authenticationRequirement"] = requirement;
        line["status"] = new JsonObject { ["errorCode"] = code };
        line["authenticationDetails"] = new JsonArray(steps);
        return line;
    }

    private static JsonObject Step(string method, bool succeeded) =>
        new() { ["authenticationMethod"] = method, ["succeeded"] = succeeded };

    /// <summary>A domain that says nothing of a federation is its root's: a child has no configuration of its own.</summary>
    private static bool IsEntras(JsonElement domain) =>
        domain.Text("authenticationType") != "Federated"
        || (domain.TryGetProperty("federationConfiguration", out var federation)
            && federation.Text("federatedIdpMfaBehavior") == "rejectMfaByFederatedIdp");

    private bool IsEntras(SandboxUser user)
    {
        if (_rolledOut.Exists(members => members.Users.Contains(user.Id)))
        {
            return true;
        }

        var domain = user.UserPrincipalName[(user.UserPrincipalName.LastIndexOf('@') + 1)..];
        for (var name = domain; name.Contains('.', StringComparison.Ordinal); name = name[(name.IndexOf('.', StringComparison.Ordinal) + 1)..])
        {
            if (_domains.TryGetValue(name, out var isEntras) && isEntras)
            {
                return true;
            }
        }

        return false;
    }
}
