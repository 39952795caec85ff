using System.Collections.Immutable;
using CsCheck;
using MfaPlan.Core.Gates;

namespace MfaPlan.Core.Tests.Gates;

/// <summary>The watch after a cut-over: each criterion at its limit, and the laws of gates.</summary>
public sealed class WatchJudgeTests
{
    private const int Iterations = 3000;
    private const string Domains = "domains: [{ name: contoso.com, mfaToday: mfaServer }]\n";

    private static readonly GateTerms Terms = GateWorld.Nothing with { Propagation = TimeSpan.FromHours(24), Soak = TimeSpan.FromHours(48), MinUsers = 1 };
    private static readonly GateWorld World = new(Terms, Users: 100, NowHours: 49, (-400, 49), [], []);

    public static TheoryData<string, GateWorld, string, GateResult> Table { get; } = new()
    {
        { "the switch may be on its way", World with { NowHours = 23.9 }, "propagation", GateResult.NotYetKnown },
        { "it counts everywhere", World with { NowHours = 24 }, "propagation", GateResult.Open },
        { "watched too short", World with { NowHours = 47.9 }, "watch", GateResult.NotYetKnown },
        { "watched long enough", World with { NowHours = 48.1, Facts = Fresh(1) }, "watch", GateResult.Open },
        { "what the log does not cover was not watched", World with { Coverage = (5, 49), Facts = Fresh(1) }, "watch", GateResult.NotYetKnown },
        { "nobody seen", World, "failedUsers", GateResult.NotYetKnown },
        { "nobody fails", World with { Facts = Fresh(2) }, "failedUsers", GateResult.Open },
        { "in the first minute, before it counts everywhere", World with { NowHours = 0.5, Coverage = (-400, 0.5), Facts = [.. Bad(9, hours: 0.4), .. Before(60, 0)] }, "failedUsers", GateResult.Closed },
        { "failures, and nothing to hold them against", World with { Facts = [.. Fresh(9), .. Bad(1)] }, "failedUsers", GateResult.NotYetKnown },
        { "failures, and a baseline of too few", World with { Facts = [.. Fresh(90), .. Bad(9), .. Before(29, 0)] }, "failedUsers", GateResult.NotYetKnown },
        { "a baseline that the log does not cover", World with { Coverage = (-50, 49), Facts = [.. Fresh(90), .. Bad(9), .. Before(60, 0)] }, "failedUsers", GateResult.NotYetKnown },
        { "three where there was none are chance", World with { Facts = [.. Fresh(90), .. Bad(3), .. Before(60, 0)] }, "failedUsers", GateResult.Open },
        { "four are not", World with { Facts = [.. Fresh(90), .. Bad(4), .. Before(60, 0)] }, "failedUsers", GateResult.Closed },
        { "of 9 expected, 18 are chance", World with { Facts = [.. Fresh(72), .. Bad(18), .. Before(54, 6)] }, "failedUsers", GateResult.Open },
        { "19 are not", World with { Facts = [.. Fresh(71), .. Bad(19), .. Before(54, 6)] }, "failedUsers", GateResult.Closed },
        { "the plan's limit counts where it is given", Limit(2) with { Facts = [.. Fresh(97), .. Bad(3), .. Before(60, 0)] }, "failedUsers", GateResult.Closed },
        { "and lets so many fail", Limit(3) with { Facts = [.. Fresh(97), .. Bad(3), .. Before(60, 0)] }, "failedUsers", GateResult.Open },
        { "or as many as before", Limit(2) with { Facts = [.. Fresh(95), .. Bad(5), .. Before(54, 6)] }, "failedUsers", GateResult.Open },
        { "too few users", World with { Terms = Terms with { MinUsers = 3 }, Facts = Fresh(2) }, "minUsers", GateResult.NotYetKnown },
        { "old evidence", World with { Coverage = (-400, 20) }, "signIns", GateResult.NotYetKnown },
    };

    private static Gen<GateWorld> Any { get; } = GateWorld.Any.Select(Gen.Int[0, 60], Gen.Bool, static (world, watch, limit) => world with
    {
        Terms = Terms with { MinUsers = Math.Max(1, world.Terms.MinUsers), Soak = TimeSpan.FromHours(watch), FailedUsers = limit ? world.Terms.FailedUsers : null },
    });

    [Theory]
    [MemberData(nameof(Table))]
    public void Each_criterion_is_judged_by_its_limit(string what, GateWorld world, string criterion, GateResult result)
    {
        var decision = Judge(world);

        decision.Criteria.ShouldContain(one => one.Name == criterion && one.Result == result, $"{what}: {string.Join(", ", decision.Criteria)}");
        decision.Criteria.ShouldAllBe(static one => (one.Reason.Length == 0) == (one.Result == GateResult.Open), "What does not hold says why.");
    }

    [Fact]
    public void Users_who_could_not_be_read_and_a_run_that_is_open_hold()
    {
        var world = World with { Facts = Fresh(5) };
        var (query, sample) = (QueryOf(world), SampleOf(world));

        WatchJudge.Judge(query, sample).Result.ShouldBe(GateResult.Open);
        WatchJudge.Judge(query with { Routing = null }, new GateSample(new SignInEvidence.Unread("403"), [])).Criteria.ShouldHaveSingleItem().Is.ShouldContain("403");
        WatchJudge.Judge(query with { Routing = world.Routing with { IsOpen = true } }, sample).Result.ShouldBe(GateResult.NotYetKnown);
        WatchJudge.Judge(query with { Routing = world.Routing with { Users = 0 } }, sample).Result.ShouldBe(GateResult.NotYetKnown);
    }

    [Fact]
    public void More_failures_never_turn_a_stop_into_a_go() => Gen.Select(Any, GateWorld.Failure.Array[1, 40]).Sample(
        static (world, failures) =>
        {
            var more = world with { Facts = [.. world.Facts, .. failures.Where(static failure => failure.At > GateWorld.Routed)] };

            return Judge(more).Result >= Judge(world).Result;
        },
        iter: Iterations);

    [Fact]
    public void Missing_evidence_never_says_go() => Gen.Select(Any, Gen.Int[0, 2], Gen.Int[0, 299]).Sample(
        static (world, what, which) =>
        {
            var (query, sample) = (QueryOf(world), SampleOf(world));
            var whole = WatchJudge.Judge(query, sample);
            var less = what switch
            {
                0 => WatchJudge.Judge(query, sample with { SignIns = new SignInEvidence.Unread("forbidden") }),
                1 when sample.SignIns is SignInEvidence.Read read => WatchJudge.Judge(query with { Baseline = null }, sample with { SignIns = read with { Baseline = null } }),
                _ => Judge(world with { Facts = [.. world.Facts.Where((fact, at) => at < which || SignInRule.OutcomeOf(fact.ErrorCode) == SignInOutcome.Failed || fact.At < GateWorld.Routed)] }),
            };

            return (what != 0 || !less.IsOpen) && (!less.IsOpen || whole.IsOpen);
        },
        iter: Iterations);

    [Fact]
    public void The_same_evidence_in_any_order_and_from_its_file_gives_the_same_advice() => Gen.Select(Any, Gen.Int.Array[300]).Sample(
        static (world, keys) =>
        {
            var reading = new GateReading(QueryOf(world), SampleOf(world));
            var shuffled = world with { Facts = [.. world.Facts.Select((fact, at) => (fact, at)).OrderBy(one => keys[one.at]).Select(static one => one.fact)] };

            reading.Decision.ShouldBe(Judge(world));
            new GateReading(QueryOf(shuffled), SampleOf(shuffled)).Decision.ShouldBe(reading.Decision);
            GateReading.Read(reading.Write()).Decision.ShouldBe(reading.Decision);
        },
        iter: 1000);

    [Fact]
    public void The_random_watches_go_on_stop_and_are_not_known()
    {
        var results = new List<GateResult>();

        Any.Sample(world => results.Add(Judge(world).Result), iter: Iterations, threads: 1);

        results.GroupBy(static result => result).ShouldAllBe(static group => group.Count() > 20);
        results.Distinct().Count().ShouldBe(3);
    }

    [Fact]
    public void A_plan_gives_the_terms_and_one_without_a_rollout_has_no_limit()
    {
        var plain = GateTerms.OfWatch(Planning.Cases.Plan(rest: Domains + "cutOver: { domains: [contoso.com], watch: 3d }"));

        (plain.Soak, plain.Propagation, plain.MinUsers, plain.FailedUsers).ShouldBe((TimeSpan.FromDays(3), TimeSpan.FromHours(24), 1, null));
        GateTerms.OfWatch(Planning.Cases.Plan(rest: Domains + """
            cutOver: { domains: [contoso.com] }
            rollout: { gateDefaults: { failedUsers: 2%, minUsers: 50, soak: 9d, attest: [push] }, waves: [{ name: pilot, from: [A], into: [B], max: 1 }] }
            """)).ShouldBe(Terms with { MinUsers = 50, FailedUsers = 2 });
    }

    private static GateDecision Judge(GateWorld world) => WatchJudge.Judge(QueryOf(world), SampleOf(world));

    private static GateQuery QueryOf(GateWorld world) => GateQuery.OfSwitch(
        GateWorld.Tenant, world.Terms, world.Now, world.Routing,
        world.Coverage is { } span ? new(GateWorld.Routed.AddHours(span.FromHours), GateWorld.Routed.AddHours(span.UntilHours), "graph") : null);

    private static GateSample SampleOf(GateWorld world)
    {
        var query = QueryOf(world);
        if (query.Watched is not { } watched)
        {
            return new GateSample(new SignInEvidence.Unread("forbidden"), []);
        }

        var tally = new SignInTally([.. Enumerable.Range(0, world.Users).Select(GateWorld.IdOf)], watched, query.Baseline);
        foreach (var fact in world.Facts)
        {
            tally.Add(fact);
        }

        return new GateSample(tally.Build(), []);
    }

    private static GateWorld Limit(decimal most) => World with { Terms = Terms with { FailedUsers = most } };

    private static ImmutableArray<SignInFact> Fresh(int users) => [.. Enumerable.Range(0, users).Select(static user => GateWorld.Fresh(user, 30))];

    private static IEnumerable<SignInFact> Bad(int users, double hours = 30) => Enumerable.Range(0, users).Select(user => GateWorld.Ended(99 - user, hours, 500121));

    private static IEnumerable<SignInFact> Before(int well, int failed) => Enumerable.Range(0, well + failed)
        .Select(user => GateWorld.Ended(user, -30, user < well ? 0 : 500121));
}
