using System.Collections.Immutable;
using MfaPlan.Core.Gates;
using MfaPlan.Core.Plans;

namespace MfaPlan.Core.Tests.Gates;

/// <summary>Each criterion at its limit.</summary>
public sealed class GateJudgeTests
{
    private static readonly GateWorld World = new(GateWorld.Nothing, Users: 100, NowHours: 48, (-400, 48), [], []);

    public static TheoryData<string, GateWorld, string, GateResult> Table { get; } = new()
    {
        { "nothing asked", World, "soak", GateResult.Open },
        { "propagation over", World with { Terms = GateWorld.Nothing with { Propagation = TimeSpan.FromHours(48) } }, "propagation", GateResult.Open },
        { "propagation not over", World with { Terms = GateWorld.Nothing with { Propagation = TimeSpan.FromHours(48) }, NowHours = 47.999 }, "propagation", GateResult.NotYetKnown },
        { "a clock before the wave", World with { NowHours = -0.001 }, "propagation", GateResult.NotYetKnown },
        { "soak over, without sign-ins", World with { Terms = Soak(24) }, "soak", GateResult.Open },
        { "soak begins after propagation", World with { Terms = Soak(25) }, "soak", GateResult.NotYetKnown },
        { "soak that the log does not cover", World with { Terms = Soak(24) with { MinUsers = 1 }, Coverage = (25, 48) }, "soak", GateResult.NotYetKnown },
        { "soak that the log covers to its last second", World with { Terms = Soak(24) with { MinUsers = 1 }, Coverage = (24, 48) }, "soak", GateResult.Open },
        { "soak that began earlier than the log", World with { Terms = Soak(10) with { MinUsers = 1 }, Coverage = (38, 48) }, "soak", GateResult.Open },
        { "sign-ins of yesterday", World with { Terms = Users(1), Coverage = (-1, 24) }, "signIns", GateResult.Open },
        { "sign-ins older than a day", World with { Terms = Users(1), Coverage = (-1, 23.9) }, "signIns", GateResult.NotYetKnown },
        { "sign-ins not read", World with { Terms = Users(1), Coverage = null }, "signIns", GateResult.NotYetKnown },
        { "enough users", World with { Terms = Users(3), Facts = Fresh(3) }, "minUsers", GateResult.Open },
        { "a user too few", World with { Terms = Users(4), Facts = Fresh(3) }, "minUsers", GateResult.NotYetKnown },
        { "a small wave, all of it", World with { Terms = Users(50), Users = 3, Facts = Fresh(3) }, "minUsers", GateResult.Open },
        { "a user of another wave", World with { Terms = Users(1), Facts = [GateWorld.Fresh(100, 1)] }, "minUsers", GateResult.NotYetKnown },
        { "a user who failed only", World with { Terms = Users(1), Facts = [GateWorld.Ended(1, 1, 500121)] }, "minUsers", GateResult.NotYetKnown },
        { "before the wave was in effect", World with { Terms = Users(1), Facts = [GateWorld.Fresh(1, -1)] }, "minUsers", GateResult.NotYetKnown },
        { "from the future", World with { Terms = Users(1), Facts = [GateWorld.Fresh(1, 49)] }, "minUsers", GateResult.NotYetKnown },
        { "share reached", World with { Terms = GateWorld.Nothing with { FreshMfaUsers = 60 }, Facts = Fresh(60) }, "freshMfaUsers", GateResult.Open },
        { "share not reached", World with { Terms = GateWorld.Nothing with { FreshMfaUsers = 60.5m }, Facts = Fresh(60) }, "freshMfaUsers", GateResult.NotYetKnown },
        { "failures at the limit", World with { Terms = Failed(2), Facts = [.. Fresh(49), Bad(99)] }, "failedUsers", GateResult.Open },
        { "failures above it", World with { Terms = Failed(2), Facts = [.. Fresh(48), Bad(99)] }, "failedUsers", GateResult.Closed },
        { "nobody seen", World with { Terms = Failed(2) }, "failedUsers", GateResult.NotYetKnown },
        { "too few seen to say", World with { Terms = Failed(2) with { MinUsers = 50 }, Facts = [.. Fresh(40), Bad(99)] }, "failedUsers", GateResult.NotYetKnown },
        { "so many that the others cannot mend it", World with { Terms = Failed(2) with { MinUsers = 50 }, Facts = [Bad(97), Bad(98), Bad(99)] }, "failedUsers", GateResult.Closed },
        { "put right a minute later", World with { Terms = Failed(0), Facts = [GateWorld.Ended(1, 30, 500121), GateWorld.Fresh(1, 30.02)] }, "failedUsers", GateResult.Open },
        { "right, and then not", World with { Terms = Failed(0), Facts = [GateWorld.Fresh(1, 30), GateWorld.Ended(1, 30.02, 500121)] }, "failedUsers", GateResult.Closed },
        { "both at once", World with { Terms = Failed(0), Facts = [GateWorld.Fresh(1, 30), GateWorld.Ended(1, 30, 500121)] }, "failedUsers", GateResult.Closed },
        { "interrupts", World with { Terms = Failed(0), Facts = [.. Fresh(1), GateWorld.Ended(2, 30, 50076), GateWorld.Ended(3, 30, 50140)] }, "failedUsers", GateResult.Open },
        { "wrong passwords", World with { Terms = Failed(0), Facts = [.. Fresh(1), GateWorld.Ended(2, 30, 50126)] }, "failedUsers", GateResult.Open },
        { "a code nobody knows", World with { Terms = Failed(0), Facts = [.. Fresh(1), GateWorld.Ended(2, 30, 123456)] }, "failedUsers", GateResult.Closed },
        { "no more than before the wave", World with { Terms = Failed(2), Facts = [.. Fresh(38), Bad(98), Bad(99), .. Before(38, 2)] }, "failedUsers", GateResult.Open },
        { "more than before the wave", World with { Terms = Failed(2), Facts = [.. Fresh(38), Bad(98), Bad(99), .. Before(39, 1)] }, "failedUsers", GateResult.Closed },
        { "a baseline of too few", World with { Terms = Failed(2), Facts = [.. Fresh(38), Bad(98), Bad(99), .. Before(19, 10)] }, "failedUsers", GateResult.Closed },
        { "a baseline that the log does not cover", World with { Terms = Failed(2), Coverage = (-40, 48), Facts = [.. Fresh(38), Bad(98), Bad(99), .. Before(38, 2)] }, "failedUsers", GateResult.Closed },
        { "by text", World with { Terms = Each(2, Attestation.CallOrText), Facts = Fresh(2) }, "perMethodUsers/callOrText", GateResult.Open },
        { "by too few", World with { Terms = Each(3, Attestation.CallOrText), Facts = Fresh(2) }, "perMethodUsers/callOrText", GateResult.NotYetKnown },
        { "push by text", World with { Terms = Each(1, Attestation.Push), Facts = Fresh(2) }, "perMethodUsers/push", GateResult.NotYetKnown },
        { "push", World with { Terms = Each(1, Attestation.Push), Facts = [GateWorld.Fresh(1, 30, "authenticator app")] }, "perMethodUsers/push", GateResult.Open },
        { "no method asked about", World with { Terms = Each(1), Facts = Fresh(1) }, "perMethodUsers/callOrText", GateResult.Open },
        { "a yes", Attested(new(Attestation.Push, 1, 0, 0)), "attest/push", GateResult.Open },
        { "nobody", Attested(), "attest/push", GateResult.NotYetKnown },
        { "a no", Attested(new(Attestation.Push, 5, 1, 0)), "attest/push", GateResult.Closed },
        { "one that cannot be read", Attested(new(Attestation.Push, 5, 0, 1)), "attest/push", GateResult.NotYetKnown },
        { "a signer too few", Attested(new(Attestation.Push, 1, 0, 0), signers: 2), "attest/push", GateResult.NotYetKnown },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void Each_criterion_is_judged_by_its_limit(string what, GateWorld world, string criterion, GateResult result)
    {
        ArgumentNullException.ThrowIfNull(world);

        world.Judge().Criteria.ShouldContain(one => one.Name == criterion && one.Result == result, what);
        (world.Judge().Criteria.Single(one => one.Name == criterion).Reason.Length == 0).ShouldBe(result == GateResult.Open, "What does not hold says why.");
    }

    [Fact]
    public void Where_time_alone_is_missing_it_says_until_when()
    {
        var world = World with { Terms = GateWorld.Nothing with { Propagation = TimeSpan.FromHours(24), Soak = TimeSpan.FromDays(5) }, NowHours = 3 };

        (world.Judge().Result, world.Judge().HoldUntil).ShouldBe((GateResult.NotYetKnown, GateWorld.Routed.AddDays(6)));
        (world with { Terms = world.Terms with { Attest = [Attestation.Push] } }).Judge().HoldUntil.ShouldBeNull();
    }

    [Fact]
    public void A_night_that_has_an_hour_twice_is_an_hour_longer()
    {
        // In Berlin the night of the wave, 25 October 2026, has 02:00 to 03:00 twice; a day is 24 hours for all that.
        var world = World with { Terms = GateWorld.Nothing with { Propagation = TimeSpan.FromHours(24) } };
        var sameHourNextDay = new DateTimeOffset(2026, 10, 26, 0, 0, 0, TimeSpan.FromHours(1));

        var hours = (sameHourNextDay - GateWorld.Routed).TotalHours;

        hours.ShouldBe(25);
        (world with { NowHours = hours - 1 }).Judge().IsOpen.ShouldBeTrue();
        (world with { NowHours = hours - 1.001 }).Judge().IsOpen.ShouldBeFalse();
        GateQuery.Of(GateWorld.Tenant, "2:wave/pilot", world.Terms, sameHourNextDay, world.Routing, null).Now.ShouldBe(sameHourNextDay);
        GateQuery.Of(GateWorld.Tenant, "2:wave/pilot", world.Terms, sameHourNextDay, world.Routing, null).Now.Offset.ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public void A_wave_that_routed_nobody_holds_whatever_is_asked() =>
        GateJudge.Judge(World.Query with { Routing = null }, World.Sample).ShouldSatisfyAllConditions(
            static decision => decision.Result.ShouldBe(GateResult.NotYetKnown),
            static decision => decision.Criteria.ShouldHaveSingleItem().Name.ShouldBe("routing"));

    private static GateTerms Soak(int hours) => GateWorld.Nothing with { Propagation = TimeSpan.FromHours(24), Soak = TimeSpan.FromHours(hours) };

    private static GateTerms Users(int least) => GateWorld.Nothing with { MinUsers = least };

    private static GateTerms Failed(decimal most) => GateWorld.Nothing with { FailedUsers = most };

    private static GateTerms Each(int least, params ImmutableArray<Attestation> attest) => GateWorld.Nothing with { PerMethodUsers = least, Attest = attest };

    private static ImmutableArray<SignInFact> Fresh(int users) => [.. Enumerable.Range(0, users).Select(static user => GateWorld.Fresh(user, 30))];

    private static SignInFact Bad(int user) => GateWorld.Ended(user, 30, 500121);

    /// <summary>The 48 hours before the wave: users who got in, and others who did not.</summary>
    private static IEnumerable<SignInFact> Before(int well, int failed) => Enumerable.Range(0, well + failed)
        .Select(user => GateWorld.Ended(user, -30, user < well ? 0 : 500121));

    private static GateWorld Attested(GateAnswer? answer = null, int signers = 1) => World with
    {
        Terms = GateWorld.Nothing with { Attest = [Attestation.Push], Signers = signers },
        Answers = answer is null ? [] : [answer],
    };
}
