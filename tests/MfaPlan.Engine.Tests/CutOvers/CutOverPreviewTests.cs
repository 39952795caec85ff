using System.Collections.Immutable;
using CsCheck;
using MfaPlan.Core.Changes;
using MfaPlan.Core.CutOvers;
using MfaPlan.Core.Guards;
using MfaPlan.Core.Tenants;
using MfaPlan.Core.Tenants.Access;
using MfaPlan.Engine.ChangeSets;
using MfaPlan.Engine.Previewing;

namespace MfaPlan.Engine.Tests.CutOvers;

public sealed class CutOverPreviewTests
{
    private static readonly DateOnly Tomorrow = new(2026, 11, 25);
    private static readonly string[] Places = ["contoso.com", "fabrikam.com", "dev.contoso.com", "cloud.contoso.com", "other.com"];

    private static GuardVerdict WordOf(PreviewResult preview, string code) => preview.Footer.Guards.Single(guard => guard.Code == code).Verdict;

    [Fact]
    public async Task Every_enabled_user_of_the_domains_and_their_children_is_proved_and_stands_in_the_change_set()
    {
        var world = CutOverWorld.New();
        world.Join("child@dev.contoso.com", authenticators: 1);
        world.Join("left@contoso.com", enabled: false);
        world.Join("managed@cloud.contoso.com");
        world.Join("elsewhere@notcontoso.com");

        var preview = await world.PreviewCutOverAsync();

        preview.Footer.Verdict.ShouldBe(GuardVerdict.Holds);
        (preview.Footer.Totals.Users, preview.Footer.Totals.Changed).ShouldBe((5, 2));
        await using var stream = (await world.State.OpenChangeSetAsync(preview.Digest, CancellationToken.None))!;
        var units = ChangeSetFile.Lines(stream, world.State).OfType<ChangeSetLine.Of>().Select(static line => line.Unit).ToList();
        units.Take(2).Select(static unit => unit.Id.ToString()).ShouldBe(["domain/contoso.com", "domain/fabrikam.com"]);
        units.Skip(2).ShouldAllBe(static unit => unit.Changes.IsEmpty && unit.Usability!.Value.Now);
        world.Tenant.Sends.ShouldBe(0);
    }

    [Theory]
    [InlineData("poor@contoso.com")]
    [InlineData("poor@fabrikam.com")]
    [InlineData("poor@dev.contoso.com")]
    public async Task One_user_who_would_be_locked_out_refuses_the_whole_stage_unless_an_exception_in_force_accepts_it(string name)
    {
        var world = CutOverWorld.New();
        world.Join(name);

        var refused = await world.PreviewCutOverAsync();
        var accepted = await world.PreviewCutOverAsync(CutOverWorld.Accepting(name, Tomorrow));
        var expired = await world.PreviewCutOverAsync(CutOverWorld.Accepting(name, Tomorrow.AddDays(-1)));

        (WordOf(refused, "MFP3197"), refused.Footer.Totals.LeftWithout).ShouldBe((GuardVerdict.Refuses, 1));
        accepted.Footer.Verdict.ShouldBe(GuardVerdict.Holds);
        WordOf(expired, "MFP3197").ShouldBe(GuardVerdict.Refuses);
        new[] { refused.Digest, accepted.Digest, expired.Digest }.Distinct().Count().ShouldBe(3);
    }

    [Fact]
    public async Task Whoever_lost_the_last_method_since_the_preview_refuses_right_before_the_write()
    {
        var world = CutOverWorld.New();
        (await world.PreviewCutOverAsync()).Footer.Verdict.ShouldBe(GuardVerdict.Holds);
        world.Tenant.Set(World.IdOf(2), new UserMethods(MethodParts.None));

        var (again, _) = await new CutOverPreview(world.Tenant, world.State).ProveAsync(await world.RequestOfCutOverAsync(), onStep: null, CancellationToken.None);

        again.Guards.Single(static guard => guard.Code == CutOverGuards.LockedOut.Code).Verdict.ShouldBe(GuardVerdict.Refuses);
    }

    [Theory]
    [InlineData("a policy that asks for a strength", true)]
    [InlineData("somebody is excluded", true)]
    [InlineData("a user of the domain joins the excluded group", true)]
    [InlineData("a stranger joins the excluded group", false)]
    [InlineData("the group cannot be read", true)]
    [InlineData("security defaults", true)]
    [InlineData("nothing", false)]
    public async Task What_demands_MFA_is_an_input_whole(string what, bool moves)
    {
        var world = CutOverWorld.New();
        var group = World.IdOf(900);
        var policy = ((Observed<AccessView>.Seen)world.Tenant.Access).Value.Policies.Single() with
        {
            Exclude = AccessUsers.Nobody with { Groups = [group] },
        };
        var before = await InputAsync(policy, []);

        var after = await (what switch
        {
            "a policy that asks for a strength" => InputAsync(policy with { Controls = new AccessControls("OR", [], 0, "s4") }, []),
            "somebody is excluded" => InputAsync(policy with { Exclude = policy.Exclude with { Users = [World.IdOf(901)] } }, []),
            "a user of the domain joins the excluded group" => InputAsync(policy, [World.IdOf(2)]),
            "a stranger joins the excluded group" => InputAsync(policy, [World.IdOf(902)]),
            "the group cannot be read" => InputAsync(policy, null),
            "security defaults" => InputAsync(policy, [], defaults: true),
            _ => InputAsync(policy, []),
        });

        (after != before).ShouldBe(moves);

        async Task<string> InputAsync(AccessPolicy policy, ImmutableHashSet<Guid>? members, bool defaults = false)
        {
            var now = world.Time.GetUtcNow();
            Observed<ImmutableHashSet<Guid>> read = members is null
                ? new Observed<ImmutableHashSet<Guid>>.Unknown("Timeout")
                : new Observed<ImmutableHashSet<Guid>>.Seen(members, now);
            var view = new AccessView([policy])
            {
                Groups = ImmutableDictionary<Guid, Observed<ImmutableHashSet<Guid>>>.Empty.Add(group, read),
                SecurityDefaults = new Observed<bool>.Seen(defaults, now),
            };
            world.Tenant.Access = new Observed<AccessView>.Seen(view, now);
            var (_, inputs) = await new CutOverPreview(world.Tenant, world.State).ProveAsync(await world.RequestOfCutOverAsync(), onStep: null, CancellationToken.None);
            return inputs.Single(static input => input.Name == "Conditional Access").Fingerprint;
        }
    }

    [Theory]
    [InlineData("user", "MFP3111")]
    [InlineData("directory", "MFP3103")]
    [InlineData("federation", "MFP3103")]
    [InlineData("policy", "MFP3103")]
    public async Task What_could_not_be_read_blocks_the_stage(string what, string code)
    {
        var world = CutOverWorld.New();
        switch (what)
        {
            case "user":
                world.Tenant.Unreadable[World.IdOf(3)] = "503";
                break;
            case "directory":
                world.Tenant.DirectoryBreaksOff = true;
                break;
            case "federation":
                world.Tenant.Routing.FederationUnreadable = "403";
                break;
            default:
                world.Tenant.Policy = new Observed<MethodsPolicy>.Unknown("403");
                break;
        }

        var preview = await world.PreviewCutOverAsync();

        preview.Footer.Verdict.ShouldBe(GuardVerdict.Unknown);
        preview.Footer.Guards.Where(static guard => guard.Verdict == GuardVerdict.Unknown).ShouldAllBe(guard => guard.Code == code);
    }

    [Fact]
    public async Task Break_glass_accounts_must_be_named_and_out_of_the_domains_and_administrators_count()
    {
        var unnamed = await CutOverWorld.New(breakGlass: false).PreviewCutOverAsync();
        var world = CutOverWorld.New();
        world.Tenant.Administrators.Add(World.IdOf(1));
        var administrator = await world.PreviewCutOverAsync();
        world = CutOverWorld.New();
        var account = world.Tenant.Users.Values.Last();
        world.Tenant.Users[account.Id] = account with { PrincipalName = new("bg@dev.contoso.com") };
        var inside = await world.PreviewCutOverAsync();

        WordOf(unnamed, CutOverGuards.NoBreakGlass.Code).ShouldBe(GuardVerdict.Refuses);
        WordOf(administrator, GuardDiagnostics.AdministratorLimit.Code).ShouldBe(GuardVerdict.Refuses);
        inside.Footer.Guards.ShouldContain(static guard => guard.Code == GuardDiagnostics.BreakGlass.Code && guard.Verdict == GuardVerdict.Refuses);
    }

    [Fact]
    public async Task What_others_judge_and_earlier_stages_hold_the_cut_over()
    {
        var world = CutOverWorld.New(rest: "dependencies: [{ id: vpn, kind: radius, blocks: [cutOver], status: open }]");

        var preview = await world.PreviewCutOverAsync();

        preview.Footer.Verdict.ShouldBe(GuardVerdict.Refuses);
        WordOf(preview, "MFP3203").ShouldBe(GuardVerdict.Refuses);
        preview.Header.Forecast.ShouldBeTrue(); // nothing was migrated yet
    }

    [Fact]
    public async Task Members_of_a_group_that_is_never_routed_refuse_for_a_domain_spares_nobody()
    {
        var world = CutOverWorld.New(breakGlass: false, rest: "protect: { neverRoute: [SvcAccounts] }");
        var member = world.Tenant.Users.Values.First();
        world.Tenant.Add(member, world.Tenant.Truth(member.Id), "SvcAccounts");

        var preview = await world.PreviewCutOverAsync();

        WordOf(preview, CutOverGuards.LockedOut.Code).ShouldBe(GuardVerdict.Refuses);
        preview.Footer.Totals.LeftWithout.ShouldBe(1);
    }

    [Fact]
    public async Task Users_of_a_domain_that_is_switched_already_hold_nothing_up()
    {
        var world = CutOverWorld.New();
        world.Join("poor@fabrikam.com");
        world.Tenant.Routing.Federations["fabrikam.com"] = new FederationSettings("f2", FederationSettings.Reject, CutOverWorld.Image);

        var preview = await world.PreviewCutOverAsync();

        preview.Footer.Verdict.ShouldBe(GuardVerdict.Holds);
        (preview.Footer.Totals.Users, preview.Footer.Totals.Changed).ShouldBe((4, 1));
    }

    [Fact]
    public void No_tenant_passes_in_which_an_enabled_user_of_a_domain_has_no_way_in_and_no_exception() => Gen.Select(
        Gen.Int[0, 4].Select(static i => Places[i]), Gen.Int[0, 1], Gen.Bool, Gen.Bool).List[0, 6]
        .Sample(static people =>
        {
            var world = CutOverWorld.New();
            var rows = ImmutableArray.CreateBuilder<AcceptedUser>();
            var poor = false;
            foreach (var ((domain, authenticators, enabled, accepted), i) in people.Select(static (person, i) => (person, i)))
            {
                var name = $"p{i}@{domain}";
                world.Join(name, enabled, authenticators);
                if (accepted)
                {
                    rows.Add(CutOverWorld.Accepting(name, Tomorrow).Exceptions[0] with { Row = i + 2 });
                }

                poor |= enabled && authenticators == 0 && !accepted && domain is ("contoso.com" or "fabrikam.com" or "dev.contoso.com");
            }

            var preview = world.PreviewCutOverAsync(new CutOverTerms(rows.ToImmutable(), Tomorrow.AddDays(-1))).GetAwaiter().GetResult();

            preview.Footer.Verdict.ShouldBe(poor ? GuardVerdict.Refuses : GuardVerdict.Holds);
        }, iter: 60);
}
