using MfaPlan.Core.Changes;
using MfaPlan.Core.CutOvers;
using MfaPlan.Core.Privacy;
using MfaPlan.Core.Tenants;
using MfaPlan.Core.Tenants.Access;
using MfaPlan.Engine.Previewing;

namespace MfaPlan.Engine.Tests.CutOvers;

/// <summary>A world of two federated domains, one with a child, in which everybody can answer a demand of Entra.</summary>
internal static class CutOverWorld
{
    public const string Image = """{"id":"f1"}""";

    private static readonly AccessPolicy MfaForAll = new("00000000-0000-0000-0000-0000000000c1", "MFA for all", AccessState.Enabled)
    {
        Include = AccessUsers.Everybody,
        Resources = AccessResources.All,
        Controls = new AccessControls("OR", ["mfa"], 0, null),
    };

    private static readonly Guid[] BreakGlass = [new(101, 0, 0, new byte[8]), new(102, 0, 0, new byte[8])];

    public static World New(
        string cutOver = "", string mfaToday = "mfaServer", string? before = FederationSettings.Accept, string rest = "", bool breakGlass = true, int users = 4)
    {
        var protect = breakGlass ? $"protect: {{ breakGlass: [{BreakGlass[0]}, {BreakGlass[1]}] }}" : "";
        var world = new World(users, rest: $$"""
            domains: [{ name: contoso.com, expect: federated, mfaToday: {{mfaToday}} }, { name: fabrikam.com, mfaToday: {{mfaToday}} }]
            cutOver: { domains: [fabrikam.com, contoso.com]{{(cutOver.Length > 0 ? ", " + cutOver : "")}} }
            {{protect}}
            {{rest}}
            """);
        world.Tenant.Access = new Observed<AccessView>.Seen(new AccessView([MfaForAll]), world.Time.GetUtcNow());
        world.Tenant.Domains.AddRange([new("fabrikam.com", Federated: true), new("dev.contoso.com", Federated: true), new("cloud.contoso.com", Federated: false)]);
        foreach (var domain in (string[])["contoso.com", "fabrikam.com"])
        {
            world.Tenant.Routing.Federations[domain] = new FederationSettings("f-" + domain, before, Image);
        }

        foreach (var user in world.Tenant.Users.Keys)
        {
            world.Tenant.Set(user, new UserMethods(MethodParts.None) { Authenticators = 1 });
        }

        foreach (var id in BreakGlass)
        {
            world.Tenant.Add(UserOf(id, $"bg{id:N}@contoso.onmicrosoft.com", synced: false), new UserMethods(MethodParts.None) { PhishingResistant = 1 }, "BG");
        }

        return world;
    }

    /// <summary>Somebody more of the tenant, without a method.</summary>
    public static Guid Join(this World world, string name, bool enabled = true, int authenticators = 0)
    {
        var id = new Guid(500 + world.Tenant.Users.Count, 0, 0, new byte[8]);
        world.Tenant.Add(UserOf(id, name, enabled: enabled), new UserMethods(MethodParts.None) { Authenticators = authenticators }, "Others");
        return id;
    }

    public static async Task<PreviewResult> PreviewCutOverAsync(this World world, CutOverTerms? terms = null) =>
        await new PreviewEngine(world.Tenant, world.State).RunAsync(await world.RequestOfCutOverAsync(terms), onStep: null, CancellationToken.None);

    public static async Task<PreviewRequest> RequestOfCutOverAsync(this World world, CutOverTerms? terms = null) =>
        new(world.Plan, new string('0', 64), world.Source, await world.State.ReadAsync(CancellationToken.None), new byte[32])
        {
            AsOf = world.Time.GetUtcNow(),
            Stage = StageId.CutOver,
            CutOver = terms ?? CutOverTerms.None,
        };

    /// <summary>The behaviours of the domains, as they truly are.</summary>
    public static string Behaviours(this World world) =>
        string.Join(' ', world.Tenant.Routing.Federations.OrderBy(static pair => pair.Key, StringComparer.Ordinal).Select(static pair => pair.Value.MfaBehavior));

    public static CutOverTerms Accepting(string user, DateOnly expires) => new(
        [new AcceptedUser(2, new PersonalName(user), new PersonalName("o@contoso.com"), "why", expires)], new DateOnly(2026, 11, 24));

    private static DirectoryUser UserOf(Guid id, string name, bool enabled = true, bool synced = true) =>
        new(id, new PersonalName(name), enabled, Guest: false, synced, null, null, null);
}
