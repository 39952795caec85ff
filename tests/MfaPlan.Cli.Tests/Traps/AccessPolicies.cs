using System.Text.Json.Nodes;

namespace MfaPlan.Cli.Tests.Traps;

/// <summary>
/// The Conditional Access of the company: one policy that demands MFA of everybody but some, and others that look as if they demanded it of
/// these. One of the others does.
/// </summary>
/// <param name="company">Whose groups and people are named.</param>
internal sealed class AccessPolicies(Company company)
{
    /// <summary>A role that the policy for everybody excludes: Helpdesk Administrator.</summary>
    public const string ExcludedRole = "729827e3-9c14-49f7-bb1b-9608f156bbb8";

    /// <summary>A group that the policy for everybody excludes.</summary>
    public const string Excluded = "Without MFA";

    /// <summary>A group within a group that the policy for everybody excludes.</summary>
    public const string NestedExcluded = "Without MFA, nested";

    /// <summary>A group that a second policy covers as well as the first would.</summary>
    public const string Covered = "Covered by a second policy";

    /// <summary>A group of whom a policy demands methods that resist phishing.</summary>
    public const string KeysOnly = "Keys only";

    private const string Outer = "Without MFA, outer";

    /// <summary>Policies that come near a demand and are none, each for a group of its own.</summary>
    private static readonly (string Group, Action<JsonObject> Weaken)[] Weak =
    [
        ("At some locations", On("locations", """{"includeLocations":["All"],"excludeLocations":["AllTrusted"]}""")),
        ("On some platforms", On("platforms", """{"includePlatforms":["windows","macOS"]}""")),
        ("In a report", static policy => policy["state"] = "enabledForReportingButNotEnforced"),
        ("Switched off", static policy => policy["state"] = "disabled"),
        ("Or a device", static policy => policy["grantControls"] = JsonNode.Parse("""{"operator":"OR","builtInControls":["mfa","compliantDevice"]}""")),
        ("For one app", On("applications", """{"includeApplications":["00000000-0000-0000-0000-00000000aaaa"]}""")),
        ("In browsers", On("clientAppTypes", """["browser"]""")),
        ("At risk", On("signInRiskLevels", """["high"]""")),
    ];

    private readonly List<Guid> _byName = [];

    /// <summary>The id of a policy against old clients, which demands no MFA.</summary>
    public Guid Legacy { get; } = Guid.Parse("40000000-0000-4000-8000-000000000001");

    /// <summary>Excludes a person by name.</summary>
    public void Exclude(Person person) => _byName.Add(person.Id);

    /// <summary>The policies, and a location that one of them speaks of.</summary>
    public JsonObject ToJson()
    {
        var breakGlass = company.BreakGlass.Select(static person => person.Id);
        company.Join(company.Group(NestedExcluded), Outer);
        var all = Policy("MFA for all", new JsonObject
        {
            ["includeUsers"] = new JsonArray("All"),
            ["excludeUsers"] = Texts(breakGlass.Concat(_byName)),
            ["excludeGroups"] = Texts([company.Group(Excluded), company.Group(Outer), company.Group(Covered), .. Weak.Select(weak => company.Group(weak.Group))]),
            ["excludeRoles"] = new JsonArray(ExcludedRole),
        });
        var keys = Policy(KeysOnly, OfGroup(KeysOnly));
        keys["grantControls"] = JsonNode.Parse(
            """{"operator":"OR","builtInControls":[],"authenticationStrength":{"id":"00000000-0000-0000-0000-000000000004"}}""");
        var legacy = Policy("No old clients", new JsonObject { ["includeUsers"] = new JsonArray("All") });
        legacy["id"] = Legacy.ToString();
        legacy["conditions"]!["clientAppTypes"] = new JsonArray("exchangeActiveSync", "other");
        legacy["grantControls"] = JsonNode.Parse("""{"operator":"OR","builtInControls":["block"]}""");
        var weak = Weak.Select(weak =>
        {
            var policy = Policy(weak.Group, OfGroup(weak.Group));
            weak.Weaken(policy);
            return (JsonNode)policy;
        });
        return new JsonObject
        {
            ["conditionalAccess"] = new JsonObject
            {
                ["policies"] = new JsonArray([all, Policy(Covered, OfGroup(Covered)), keys, legacy, .. weak]),
                ["namedLocations"] = JsonNode.Parse("""
                    [{"@odata.type":"#microsoft.graph.ipNamedLocation","id":"10000000-0000-4000-8000-000000000001","displayName":"Head office","isTrusted":true,"ipRanges":[{"cidrAddress":"203.0.113.7/32"}]}]
                    """),
            },
        };
    }

    private static Action<JsonObject> On(string condition, string json) => policy => policy["conditions"]![condition] = JsonNode.Parse(json);

    private JsonObject OfGroup(string group) => new() { ["includeGroups"] = Texts([company.Group(group)]) };

    private JsonObject Policy(string name, JsonObject users) => new()
    {
        ["id"] = company.Chance.Id().ToString(),
        ["displayName"] = name,
        ["state"] = "enabled",
        ["conditions"] = new JsonObject
        {
            ["clientAppTypes"] = new JsonArray("all"),
            ["applications"] = new JsonObject { ["includeApplications"] = new JsonArray("All") },
            ["users"] = users,
        },
        ["grantControls"] = JsonNode.Parse("""{"operator":"OR","builtInControls":["mfa"]}"""),
    };

    private static JsonArray Texts(IEnumerable<Guid> ids) => [.. ids.Select(static id => (JsonNode)id.ToString())];
}
