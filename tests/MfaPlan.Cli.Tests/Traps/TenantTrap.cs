using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace MfaPlan.Cli.Tests.Traps;

/// <summary>A mistake in the plan or the tenant that a stage must be refused for.</summary>
/// <param name="Name">As the figures name it.</param>
/// <param name="Stage">The stage.</param>
/// <param name="Codes">The codes that refuse it, and no others.</param>
/// <param name="Says">What the message must say.</param>
internal sealed record TenantTrap(string Name, string Stage, ImmutableArray<string> Codes, string Says)
{
    /// <summary>Changes the tenant; nothing where the plan is what is wrong.</summary>
    public Action<Company, JsonNode> Tenant { get; init; } = static (_, _) => { };

    /// <summary>Changes the plan.</summary>
    public Func<Company, string, string> Plan { get; init; } = static (_, plan) => plan;

    private static readonly ImmutableArray<string> BreakGlass = ["MFP3110"];
    private static readonly ImmutableArray<string> GroupKind = ["MFP3160"];
    private static readonly ImmutableArray<string> Rollout = ["MFP3161"];
    private static readonly ImmutableArray<string> Reused = ["MFP2014"];
    private static readonly ImmutableArray<string> NoDemand = ["MFP3141", "MFP3197"];
    private static readonly ImmutableArray<string> DomainState = ["MFP3196"];

    /// <summary>All of them.</summary>
    public static ImmutableArray<TenantTrap> All { get; } =
    [
        new("one emergency account only", "wave/pilot", ["MFP2012"], "At least two") { Plan = static (company, plan) => plan.Replace($"{company.BreakGlass[0].Id}, ", "") },
        new("one emergency account named twice", "wave/pilot", ["MFP2012"], "At least two")
        {
            Plan = static (company, plan) => plan.Replace(company.BreakGlass[1].Id.ToString(), company.BreakGlass[0].Id.ToString()),
        },
        new("no emergency accounts, before a wave", "wave/pilot", ["MFP3199"], "names no break-glass accounts") { Plan = Unnamed },
        new("no emergency accounts, before the cut-over", "cutOver", ["MFP3199"], "names no break-glass accounts") { Plan = Unnamed },
        OfAccount("emergency account that is disabled", "is disabled", static (_, account) => account["accountEnabled"] = false),
        OfAccount("emergency account that is synchronised", "is synchronised", static (_, account) => account["onPremisesSyncEnabled"] = true),
        OfAccount("emergency account on a federated domain", "on a federated domain", static (_, account) => account["userPrincipalName"] = "emergency@contoso.com"),
        OfAccount("emergency account on a federated child domain", "on a federated domain", static (_, account) => account["userPrincipalName"] = $"emergency@{Company.Child}"),
        OfAccount("emergency account that only a phone opens", "resists phishing", static (_, account) =>
            account["authentication"] = JsonNode.Parse("""{"phoneMethods":[{"phoneType":"mobile","phoneNumber":"+1 2065550000"}]}""")),
        new("emergency account that is not there", "wave/pilot", BreakGlass, "is not in the tenant")
        {
            Plan = static (company, plan) => plan.Replace(company.BreakGlass[0].Id.ToString(), "00000000-0000-4000-8000-00000000dead"),
        },
        new("emergency account in a wave", "wave/pilot", BreakGlass, "in the scope") { Tenant = static (company, tenant) => Join(tenant, "MFA-W1", company.BreakGlass[0].Id) },
        new("emergency account in the migration", "migrate", BreakGlass, "in the scope")
        {
            Tenant = static (company, tenant) => Join(tenant, "MFA-Migrate-All", company.BreakGlass[1].Id),
        },
        new("emergency account in a group of the rollout", "wave/pilot", ["MFP3110", "MFP3164"], "in the scope")
        {
            Tenant = static (company, tenant) => Join(tenant, "R1", company.BreakGlass[0].Id),
        },
        OfGroup("rollout group that holds another", "member that is no user", GroupKind, static (tenant, _) => Join(tenant, "R1", IdOf(tenant, "MFA-W2"))),
        OfGroup("rollout group that is dynamic", "dynamic membership", GroupKind, static (_, group) =>
        {
            group["groupTypes"] = new JsonArray("DynamicMembership");
            group["membershipRule"] = "user.department -eq \"Sales\"";
            group["membershipRuleProcessingState"] = "On";
        }),
        OfGroup("rollout group that is synchronised", "on-premises directory", GroupKind, static (_, group) => group["onPremisesSyncEnabled"] = true),
        OfGroup("rollout group of Microsoft 365", "Microsoft 365 group", GroupKind, static (_, group) =>
        {
            group["groupTypes"] = new JsonArray("Unified");
            group["mailEnabled"] = true;
        }),
        OfGroup("rollout group that is not there", "no group", ["MFP3100"], static (_, group) => group["displayName"] = "R0"),
        OfGroup("rollout group with a namesake", "2 groups", ["MFP3101"], static (tenant, _) => GroupOf(tenant, "R2")["displayName"] = "R1"),
        OfGroup("rollout group with a member of another wave", "whom this wave does not move", ["MFP3164"], static (tenant, _) => Join(tenant, "R1", Guid.Parse((string)GroupOf(tenant, "MFA-W2")["members"]![0]!))),
        new("rollout group of two waves", "wave/pilot", Reused, "R1") { Plan = static (_, plan) => plan.Replace("into: [R2]", "into: [R2, R1]") },
        new("rollout group that is a wave's source", "wave/pilot", Reused, "MFA-W1") { Plan = static (_, plan) => plan.Replace("into: [R1]", "into: [MFA-W1]") },
        new("rollout group that is migrated", "wave/pilot", ["MFP2021"], "MFA-Migrate-All") { Plan = static (_, plan) => plan.Replace("into: [R1]", "into: [MFA-Migrate-All]") },
        OfRollout("rollout for everybody", "whole organisation", Rollout, static (policy, _) => policy["isAppliedToOrganization"] = true),
        OfRollout("rollout that is off, with groups of others", "switched off", Rollout, static (policy, tenant) =>
        {
            policy["isEnabled"] = false;
            policy["appliesTo"] = new JsonArray(new JsonObject { ["id"] = IdOf(tenant, "SvcAccounts").ToString() });
        }),
        OfRollout("rollout of eleven groups", "11 groups", ["MFP3163"], static (policy, tenant) => policy["appliesTo"] = new JsonArray(
        [
            .. Enumerable.Range(1, 10).Select(number =>
            {
                var id = new Guid(number, 0, 0x4000, 0x80, 0, 0, 0, 0, 0, 0, 0).ToString();
                tenant["groups"]!.AsArray().Add(new JsonObject { ["id"] = id, ["displayName"] = $"Old rollout {number}", ["securityEnabled"] = true });
                return (JsonNode)new JsonObject { ["id"] = id };
            }),
        ])),
        OfPolicies("no policy at all", static policies => policies.Clear()),
        OfPolicies("policy for everybody in a report only", static policies => policies[0]!["state"] = "enabledForReportingButNotEnforced"),
        OfPolicies("policy for everybody but at home", static policies =>
            policies[0]!["conditions"]!["locations"] = JsonNode.Parse("""{"includeLocations":["All"],"excludeLocations":["AllTrusted"]}""")),
        OfPolicies("policy for everybody, or a device", static policies =>
            policies[0]!["grantControls"] = JsonNode.Parse("""{"operator":"OR","builtInControls":["mfa","compliantDevice"]}""")),
        new("policy that is named and demands nothing", "wave/pilot", ["MFP3143"], "No old clients")
        {
            Plan = static (company, plan) => plan.Replace("to: rejectMfaByFederatedIdp", $"to: rejectMfaByFederatedIdp, mfaRequiredBy: [{company.Policies.Legacy}]"),
        },
        new("cut-over of a managed domain", "cutOver", DomainState, "is managed") { Plan = static (_, plan) => plan.Replace("domains: [contoso.com]", "domains: [contoso.io]") },
        new("cut-over of a child domain", "cutOver", DomainState, "Name the root")
        {
            Plan = static (_, plan) => plan.Replace("domains: [contoso.com]", $"domains: [{Company.Child}]")
                .Replace("domains:\n", $"domains:\n  - {{ name: {Company.Child}, expect: federated, mfaToday: none, evidence: CHG0041999 }}\n"),
        },
    ];

    private static string Unnamed(Company company, string plan) => plan.Replace($"  breakGlass: [{string.Join(", ", company.BreakGlass.Select(static person => person.Id))}]\n", "");

    private static TenantTrap OfAccount(string name, string says, Action<JsonNode, JsonNode> spoil) => new(name, "wave/pilot", BreakGlass, says)
    {
        Tenant = (company, tenant) => spoil(tenant, tenant["users"]!.AsArray().Single(user => (string)user!["id"]! == company.BreakGlass[0].Id.ToString())!),
    };

    private static TenantTrap OfGroup(string name, string says, ImmutableArray<string> codes, Action<JsonNode, JsonNode> spoil) =>
        new(name, "wave/pilot", codes, says) { Tenant = (_, tenant) => spoil(tenant, GroupOf(tenant, "R1")) };

    private static TenantTrap OfRollout(string name, string says, ImmutableArray<string> codes, Action<JsonObject, JsonNode> spoil) => new(name, "wave/pilot", codes, says)
    {
        Tenant = (_, tenant) =>
        {
            var policy = new JsonObject
            {
                ["id"] = "20000000-0000-4000-8000-000000000001",
                ["displayName"] = "Older rollout",
                ["feature"] = "multiFactorAuthentication",
                ["isEnabled"] = true,
                ["isAppliedToOrganization"] = false,
                ["appliesTo"] = new JsonArray(),
            };
            spoil(policy, tenant);
            tenant["policies"]!["featureRolloutPolicies"] = new JsonArray(policy);
        },
    };

    private static TenantTrap OfPolicies(string name, Action<JsonArray> spoil) => new(name, "cutOver", NoDemand, "at every sign-in after the move")
    {
        Tenant = (_, tenant) => spoil(tenant["identity"]!["conditionalAccess"]!["policies"]!.AsArray()),
    };

    private static JsonNode GroupOf(JsonNode tenant, string name) => tenant["groups"]!.AsArray().Single(group => (string)group!["displayName"]! == name)!;

    private static Guid IdOf(JsonNode tenant, string group) => Guid.Parse((string)GroupOf(tenant, group)["id"]!);

    private static void Join(JsonNode tenant, string group, Guid member) => Road.MembersOf(tenant, group).Add(member.ToString());
}
