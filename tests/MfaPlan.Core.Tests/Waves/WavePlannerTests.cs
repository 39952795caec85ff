using System.Collections.Immutable;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Plans;
using MfaPlan.Core.Privacy;
using MfaPlan.Core.Rules;
using MfaPlan.Core.Tenants;
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
        PlanOf(include),
        StageId.Wave(0, "pilot"),
        Policy,
        [new WaveGroup("R1", new DirectoryGroup(Group, "R1", Dynamic: false, Microsoft365: false, Synced: false), new GroupContent([.. members], []), Attached: true)],
        [],
        [],
        [],
        [],
        ["contoso.com"]);

    private static DirectoryUser User(string name = "user@contoso.com", bool enabled = true, bool guest = false, bool synced = true) =>
        new(new Guid(1, 0, 0, new byte[8]), new PersonalName(name), enabled, guest, synced, null, null, null);

    private static Unit Plan(WaveContext context, DirectoryUser user, UserMethods? methods, bool named = true, bool migrated = true) =>
        WavePlanner.ForUser(
            context, new WaveUser(user, named, migrated), methods is null ? null : new Observed<UserMethods>.Seen(methods, DateTimeOffset.UnixEpoch), new GroupFiller(context));

    public static TheoryData<string, string?, bool> Rules => new()
    {
        { "app", null, true },
        { "phone", "MFP3045", true },
        { "nothing", "MFP3174", false },
        { "cloud-only", "MFP3176", false },
        { "managed", "MFP3177", false },
        { "disabled", "MFP3006", false },
        { "guest", "MFP3007", false },
        { "administrator", "MFP3008", false },
        { "break-glass", "MFP3009", false },
        { "never-route", "MFP3175", false },
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
            "administrator" => context with { Administrators = [user.Id] },
            "break-glass" => context with { BreakGlass = [user.Id] },
            "never-route" => context with { NeverRoute = [("Svc", [user.Id])] },
            "elsewhere" => context with { Elsewhere = [user.Id] },
            _ => context,
        };
        var subject = new WaveUser(user, Named: what != "not-named", Migrated: what != "not-migrated");
        var methods = what switch { "nothing" => Nothing, "phone" => Phone, _ => App };

        var unit = Plan(context, user, WavePlanner.NeedsMethods(context, subject) ? methods : null, subject.Named, subject.Migrated);

        unit.Changes.Length.ShouldBe(moved ? 1 : 0);
        unit.Findings.Select(static finding => finding.Code).ShouldBe(code is null ? [] : [code]);
        WavePlanner.Moves(unit).ShouldBe(moved || what == "member");
        if (moved)
        {
            unit.Changes[0].ShouldBe(new Change.RouteUser(Group, After: true, "rollout.waves.from"));
        }
    }

    [Fact]
    public void Administrators_are_moved_where_the_plan_includes_them()
    {
        var user = User();

        var unit = Plan(Context(", include: { admins: include }") with { Administrators = [user.Id] }, user, App);

        unit.Changes.ShouldHaveSingleItem();
        unit.Administrator.ShouldBeTrue();
    }

    [Fact]
    public void What_could_not_be_read_moves_nobody()
    {
        var context = Context();

        var unit = WavePlanner.ForUser(
            context, new WaveUser(User(), Named: true, Migrated: true), new Observed<UserMethods>.Unknown("403"), new GroupFiller(context));

        unit.Unknown.ShouldBe("403");
        unit.Changes.ShouldBeEmpty();
        WavePlanner.Moves(unit).ShouldBeFalse();
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
            var context = Context();
            context = context with
            {
                Policy = Policy with
                {
                    Configurations = (bits & 16) > 0 ? Policy.Configurations.Remove(MethodKind.Sms).Remove(MethodKind.Voice) : Policy.Configurations,
                },
            };
            context = (bits & 32) > 0
                ? context with { Policy = context.Policy with { Configurations = context.Policy.Configurations.Remove(MethodKind.Authenticator) } }
                : context;
            var user = User();

            var unit = Plan(context, user, methods);

            unit.Changes.IsEmpty.ShouldBe(!UsabilityRule.Usable(user.Id, methods, context.Policy), $"bits {bits}");
        }
    }
}
