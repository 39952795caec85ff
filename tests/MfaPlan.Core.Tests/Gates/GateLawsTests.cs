using CsCheck;
using MfaPlan.Core.Gates;

namespace MfaPlan.Core.Tests.Gates;

/// <summary>What holds for every gate, whatever its terms and its evidence.</summary>
public sealed class GateLawsTests
{
    private const int Many = 3000;

    [Fact]
    public void More_failures_never_open_a_gate() => Gen.Select(GateWorld.Any, GateWorld.Failure.Array[1, 40]).Sample(
        static (world, failures) =>
        {
            // Those before the wave are the baseline's, and no failures of the wave.
            var more = world with { Facts = [.. world.Facts, .. failures.Where(static failure => failure.At > GateWorld.Routed)] };

            return more.Judge().Result >= world.Judge().Result;
        },
        iter: Many);

    [Fact]
    public void Missing_evidence_never_opens_a_gate() => Gen.Select(GateWorld.Any, Gen.Int[0, 4], Gen.Int[0, 299]).Sample(
        static (world, what, which) =>
        {
            var (query, sample) = (world.Query, world.Sample);
            var whole = GateJudge.Judge(query, sample);
            var less = what switch
            {
                0 => world.Terms.AskSignIns ? GateJudge.Judge(query, sample with { SignIns = new SignInEvidence.Unread("forbidden") }) : null,
                1 => world.Terms.AskSignIns ? GateJudge.Judge(query, sample with { SignIns = new SignInEvidence.NotAsked() }) : null,
                2 when sample.SignIns is SignInEvidence.Read read => GateJudge.Judge(query with { Baseline = null }, sample with { SignIns = read with { Baseline = null } }),
                3 => (world with { Facts = [.. world.Facts.Where((fact, at) => at < which || SignInRule.OutcomeOf(fact.ErrorCode) == SignInOutcome.Failed || fact.At < GateWorld.Routed)] }).Judge(),
                4 when world.Terms.Attest.Length > 0 => GateJudge.Judge(query, sample with { Answers = [.. sample.Answers.Select(static answer => answer with { Yes = answer.Yes - 1 })] }),
                _ => null,
            };

            return less is null || !less.IsOpen || whole.IsOpen;
        },
        iter: Many);

    [Fact]
    public void What_was_not_read_not_signed_or_not_waited_for_holds() => GateWorld.Any.Sample(
        static world =>
        {
            var (query, sample) = (world.Query, world.Sample);
            if (world.Terms.AskSignIns)
            {
                GateJudge.Judge(query, sample with { SignIns = new SignInEvidence.Unread("forbidden") }).IsOpen.ShouldBeFalse();
            }

            if (world.Terms.Attest.Length > 0)
            {
                GateJudge.Judge(query, sample with { Answers = [] }).IsOpen.ShouldBeFalse();
            }

            GateJudge.Judge(query with { Routing = null }, sample).IsOpen.ShouldBeFalse();
            GateJudge.Judge(query with { Routing = world.Routing with { IsOpen = true } }, sample).IsOpen.ShouldBeFalse();
            GateJudge.Judge(query with { Now = GateWorld.Routed + world.Terms.Propagation - TimeSpan.FromTicks(1) }, sample).IsOpen.ShouldBeFalse();
        },
        iter: Many);

    [Fact]
    public void The_same_evidence_replayed_in_any_order_and_from_its_file_gives_the_same_decision() => Gen.Select(GateWorld.Any, Gen.Int.Array[300]).Sample(
        static (world, keys) =>
        {
            var reading = new GateReading(world.Query, world.Sample);
            var shuffled = world with { Facts = [.. world.Facts.Select((fact, at) => (fact, at)).OrderBy(one => keys[one.at]).Select(static one => one.fact)] };
            var again = new GateReading(shuffled.Query, shuffled.Sample);
            var kept = GateReading.Read(reading.Write());

            again.Decision.ShouldBe(reading.Decision);
            (again.QueryDigest, again.SampleDigest).ShouldBe((reading.QueryDigest, reading.SampleDigest));
            kept.Decision.ShouldBe(reading.Decision);
            (kept.QueryDigest, kept.SampleDigest).ShouldBe((reading.QueryDigest, reading.SampleDigest));
        },
        iter: 1000);

    [Fact]
    public void Rows_that_come_twice_count_their_user_once() => GateWorld.Any.Sample(
        static world => (world with { Facts = [.. world.Facts, .. world.Facts] }).Judge().Result == world.Judge().Result, iter: 1000);

    [Fact]
    public void A_second_judge_from_the_rows_agrees() => GateWorld.Any.Sample(
        static world => world.Judge().Result.ShouldBe(SecondJudge.Judge(world)), iter: 20_000);

    [Fact]
    public void The_random_gates_are_open_closed_and_not_yet_known()
    {
        var results = new List<GateResult>();

        GateWorld.Any.Sample(world => results.Add(world.Judge().Result), iter: Many, threads: 1);

        results.Count(static result => result == GateResult.Open).ShouldBeGreaterThan(20);
        results.Count(static result => result == GateResult.Closed).ShouldBeGreaterThan(100);
        results.Count(static result => result == GateResult.NotYetKnown).ShouldBeGreaterThan(100);
    }

    [Fact]
    public void Until_the_time_it_names_a_gate_holds_and_then_time_is_not_missing() => GateWorld.Any.Sample(
        static world =>
        {
            if (world.Terms.AskSignIns || world.Judge() is not { HoldUntil: { } until })
            {
                return;
            }

            var hours = (until - GateWorld.Routed).TotalHours;
            (world with { NowHours = hours - 0.001 }).Judge().IsOpen.ShouldBeFalse();
            (world with { NowHours = hours + 0.001 }).Judge().IsOpen.ShouldBeTrue();
        },
        iter: Many);
}
