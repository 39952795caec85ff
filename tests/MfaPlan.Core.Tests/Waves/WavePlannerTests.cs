using System.Collections.Immutable;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Plans;
using MfaPlan.Core.Privacy;
using MfaPlan.Core.Proofs;
using MfaPlan.Core.Rules;
using MfaPlan.Core.Tenants;
using MfaPlan.Core.Tenants.Access;
using MfaPlan.Core.Tests.Proofs;
using MfaPlan.Core.Text;
using MfaPlan.Core.Waves;

namespace MfaPlan.Core.Tests.Waves;

public sealed class WavePlannerTests
{
    private static readonly Guid Group = new(9, 0, 0, new byte[8]);
    private static readonly UserMethods App = new(MethodParts.Methods) { Authenticators = 1 };
    private static readonly UserMethods Nothing = new(MethodParts.Methods);
    private static readonly UserMethods Phone = new(MethodParts.Methods) { Mobile = new PhoneNumber("+1 2065550101") };

    private static readonly MethodsPolicy Policy = new(
        Enum.GetValues<MethodKind>().ToImmutableSortedDictionary(
            static kind => kind,
            static _ => new MethodConfiguration(Enabled: true, [new MethodTarget(null, IsUser: false, UsableForSignIn: false)], [])),
        ImmutableDictionary<Guid, ImmutableHashSet<Guid>>.Empty,
        "migrationComplete");

    private static Plan PlanOf(string include = "") => PlanReader.Read(new SourceText("plan.yaml", $$"""
        apiVersion: mfaplan/v1
        kind: MigrationPlan
        metadata: { name: test }
        tenant: { id: 11111111-2222-4333-8444-555555555555 }
        source: { mfaServer: { users: users.csv } }
        migrate: { groups: [All]{{include}} }
        rollout: { waves: [{ name: pilot, from: [W1], into: [R1], max: 10 }] }
        """)).Value!;

    private static WaveContext Context(string include = "", params Guid[] members) => new(
        StageId.Wave(0, "pilot"),
        [new WaveGroup("R1", new DirectoryGroup(Group, "R1", Dynamic: false, Microsoft365: false, Synced: false), new GroupContent([.. members], []), Attached: true)],
        [],
        [],
        ProofOf(Policy, AccessCases.MfaForAll),
        RoutingOf(include),
        ["contoso.com"]);

    private static MoveProof ProofOf(MethodsPolicy policy, params AccessPolicy[] policies) => MoveProof.Of(
        new ProofContext(policy, new Observed<AccessView>.Seen(AccessCases.View(policies), DateTimeOffset.UnixEpoch), DateTimeOffset.UnixEpoch));

    private static RoutingRule RoutingOf(string include = "", Guid? breakGlass = null, Guid? neverRoute = null, Guid? administrator = null) => new(
        PlanOf(include).Migrate.Include,
        breakGlass is { } named ? [named] : [],
        neverRoute is { } kept ? [("Svc", [kept])] : [],
        administrator is { } admin ? [admin] : []);

    private static DirectoryUser User(string name = "user@contoso.com", bool enabled = true, bool guest = false, bool synced = true) =>
        new(new Guid(1, 0, 0, new byte[8]), new PersonalName(name), enabled, guest, synced, null, null, null);

    private static (Unit Unit, UserProof? Proof) Plan(
        WaveContext context, DirectoryUser user, UserMethods? methods, bool named = true, bool migrated = true) =>
        WavePlanner.ForUser(
            context, new WaveUser(user, named, migrated), methods is null ? null : new Observed<UserMethods>.Seen(methods, DateTimeOffset.UnixEpoch), new GroupFiller(context));

    public static TheoryData<string, string?, bool> Rules => new()
    {
        { "app", null, true },
        { "phone", "MFP3131", false },
        { "nothing", "MFP3130", false },
        { "no-demand", "MFP3133", false },
        { "cloud-only", "MFP3176", false },
        { "managed", "MFP3177", false },
        { "disabled", "MFP3138", false },
        { "guest", "MFP3138", false },
        { "administrator", "MFP3138", false },
        { "break-glass", "MFP3138", false },
        { "never-route", "MFP3138", false },
        { "elsewhere", "MFP3178", false },
        { "not-named", "MFP3172", false },
        { "not-migrated", "MFP3173", true },
        { "member", null, false },
    };

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_user_is_moved_or_left_with_the_reason(string what, string? code, bool moved)
    {
        var user = what switch
        {
            "cloud-only" => User(synced: false),
            "managed" => User("user@contoso.io"),
            "disabled" => User(enabled: false),
            "guest" => User(guest: true),
            _ => User(),
        };
        var context = what is "member" or "not-named" ? Context("", user.Id) : Context();
        context = what switch
        {
            "administrator" => context with { Routing = RoutingOf(administrator: user.Id) },
            "break-glass" => context with { Routing = RoutingOf(breakGlass: user.Id) },
            "never-route" => context with { Routing = RoutingOf(neverRoute: user.Id) },
            "no-demand" => context with { Proof = ProofOf(Policy) },
            "elsewhere" => context with { Elsewhere = [user.Id] },
            _ => context,
        };
        var subject = new WaveUser(user, Named: what != "not-named", Migrated: what != "not-migrated");
        var methods = what switch { "nothing" => Nothing, "phone" => Phone, _ => App };

        var (unit, proof) = Plan(context, user, WavePlanner.NeedsMethods(context, subject) ? methods : null, subject.Named, subject.Migrated);

        unit.Changes.Length.ShouldBe(moved ? 1 : 0);
        unit.Findings.Select(static finding => finding.Code).ShouldBe(code is null ? [] : [code]);
        (proof?.Holds ?? false).ShouldBe(moved || what == "member");
        if (moved)
        {
            unit.Changes[0].ShouldBe(new Change.RouteUser(Group, After: true, "rollout.waves.from"));
        }
    }

    [Fact]
    public void Administrators_are_moved_where_the_plan_includes_them()
    {
        var user = User();

        var context = Context() with { Administrators = [user.Id], Routing = RoutingOf(", include: { admins: include }", administrator: user.Id) };

        var (unit, _) = Plan(context, user, App);

        unit.Changes.ShouldHaveSingleItem();
        unit.Administrator.ShouldBeTrue();
    }

    [Fact]
    public void What_could_not_be_read_moves_nobody()
    {
        var context = Context();

        var (unit, proof) = WavePlanner.ForUser(
            context, new WaveUser(User(), Named: true, Migrated: true), new Observed<UserMethods>.Unknown("403"), new GroupFiller(context));

        unit.Unknown.ShouldBe("403");
        unit.Changes.ShouldBeEmpty();
        proof!.Holds.ShouldBeFalse();
    }

    [Fact]
    public void Groups_are_filled_in_the_order_of_the_plan_up_to_what_staged_rollout_takes()
    {
        var full = Enumerable.Range(1, RolloutPolicy.MostUsersOfGroup - 1).Select(static i => new Guid(i, 7, 0, new byte[8])).ToArray();
        var context = Context("", full);
        var second = context.Into[0] with { Name = "R2", Group = context.Into[0].Group with { Id = new Guid(10, 0, 0, new byte[8]) }, Content = new GroupContent([], []) };
        var filler = new GroupFiller(context with { Into = [context.Into[0], second] });

        filler.Next()!.Name.ShouldBe("R1");
        filler.Next()!.Name.ShouldBe("R2");
        new GroupFiller(context).Next().ShouldNotBeNull();
        var one = new GroupFiller(context);
        one.Next();
        one.Next().ShouldBeNull();
    }

    [Fact]
    public void Nobody_without_a_usable_method_is_ever_moved()
    {
        foreach (var bits in Enumerable.Range(0, 64))
        {
            var methods = new UserMethods(MethodParts.Methods)
            {
                Mobile = (bits & 1) > 0 ? new PhoneNumber("+1 2065550101") : null,
                Office = (bits & 2) > 0 ? new PhoneNumber("+1 2065550102") : null,
                Authenticators = (bits & 4) > 0 ? 1 : 0,
                PhishingResistant = (bits & 8) > 0 ? 1 : 0,
            };
            var policy = (bits & 16) > 0
                ? Policy with { Configurations = Policy.Configurations.Remove(MethodKind.Sms).Remove(MethodKind.Voice) }
                : Policy;
            policy = (bits & 32) > 0 ? policy with { Configurations = policy.Configurations.Remove(MethodKind.Authenticator) } : policy;
            var context = Context() with { Proof = ProofOf(policy, AccessCases.MfaForAll) };
            var user = User();

            var (unit, _) = Plan(context, user, methods);

            (unit.Changes.IsEmpty || UsabilityRule.Usable(user.Id, methods, policy)).ShouldBeTrue($"bits {bits}");
            (methods.PhishingResistant == 0 || !unit.Changes.IsEmpty).ShouldBeTrue($"bits {bits}");
        }
    }
}
