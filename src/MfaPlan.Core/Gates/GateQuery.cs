using System.Text.Json.Serialization;
using MfaPlan.Core.Changes;

namespace MfaPlan.Core.Gates;

/// <summary>What a gate asks, of whom and of which time. With the sample it is all that decides.</summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="Stage">The wave whose gate it is, or the cut-over that is watched, as <see cref="StageId.ToText"/> writes it.</param>
/// <param name="Terms">What is asked.</param>
/// <param name="Now">When it is asked, UTC, by the clock that waits are judged by.</param>
/// <param name="Routing">Whom the wave has routed; null where nobody.</param>
/// <param name="Coverage">What the log covers; null where it was not asked or could not say.</param>
/// <param name="Watched">The time after the wave whose sign-ins count; null as before.</param>
/// <param name="Baseline">As long a time before the wave; null where the log does not cover it whole, or nothing was watched yet.</param>
public sealed record GateQuery(
    Guid Tenant,
    string Stage,
    GateTerms Terms,
    DateTimeOffset Now,
    GateRouting? Routing,
    SignInCoverage? Coverage,
    GateWindow? Watched,
    GateWindow? Baseline)
{
    /// <summary>Works out which time to read.</summary>
    /// <param name="tenant">See <see cref="Tenant"/>.</param>
    /// <param name="stage">See <see cref="Stage"/>.</param>
    /// <param name="terms">See <see cref="Terms"/>.</param>
    /// <param name="now">See <see cref="Now"/>.</param>
    /// <param name="routing">See <see cref="Routing"/>.</param>
    /// <param name="coverage">See <see cref="Coverage"/>.</param>
    public static GateQuery Of(
        Guid tenant, string stage, GateTerms terms, DateTimeOffset now, GateRouting? routing, SignInCoverage? coverage)
    {
        now = now.ToUniversalTime();
        if (routing is null || coverage is null)
        {
            return new GateQuery(tenant, stage, terms, now, routing, coverage, null, null);
        }

        // What is newer than now comes from a wrong clock, and what the log does not cover was not watched.
        var effective = routing.Last + terms.Propagation;
        var watched = new GateWindow(
            effective > coverage.From ? effective : coverage.From, coverage.Until < now ? coverage.Until : now);
        var baseline = new GateWindow(routing.First - watched.Length, routing.First);
        return new GateQuery(
            tenant, stage, terms, now, routing, coverage, watched,
            watched.Length > TimeSpan.Zero && baseline.From >= coverage.From && baseline.Until <= coverage.Until ? baseline : null);
    }

    /// <summary>Whether it is the watch after a cut-over, which has a judge and windows of its own.</summary>
    [JsonIgnore]
    public bool IsWatch => Stage == StageId.CutOver.ToText();

    /// <summary>
    /// Works out which time to read after a cut-over: from the switch on, for who cannot sign in is to be seen at once, while the change may still be on its way;
    /// and before it at least as long as it is watched, so that the first hours are not measured against a night.
    /// </summary>
    /// <param name="tenant">See <see cref="Tenant"/>.</param>
    /// <param name="terms">See <see cref="Terms"/>.</param>
    /// <param name="now">See <see cref="Now"/>.</param>
    /// <param name="routing">See <see cref="Routing"/>.</param>
    /// <param name="coverage">See <see cref="Coverage"/>.</param>
    public static GateQuery OfSwitch(Guid tenant, GateTerms terms, DateTimeOffset now, GateRouting? routing, SignInCoverage? coverage)
    {
        var stage = StageId.CutOver.ToText();
        now = now.ToUniversalTime();
        if (routing is null || coverage is null)
        {
            return new GateQuery(tenant, stage, terms, now, routing, coverage, null, null);
        }

        var watched = new GateWindow(routing.Last > coverage.From ? routing.Last : coverage.From, coverage.Until < now ? coverage.Until : now);
        var length = watched.Length > terms.Soak ? watched.Length : terms.Soak;
        var baseline = new GateWindow(routing.First - length, routing.First);
        return new GateQuery(
            tenant, stage, terms, now, routing, coverage, watched, baseline.From >= coverage.From && baseline.Until <= coverage.Until ? baseline : null);
    }

    /// <summary>Whether the windows are those that <see cref="Of"/>, or of a watch <see cref="OfSwitch"/>, works out of the rest.</summary>
    public bool FollowsAgain()
    {
        try
        {
            var again = IsWatch
                ? OfSwitch(Tenant, Terms, Now, Routing, Coverage)
                : Of(Tenant, Stage, Terms, Now, Routing, Coverage);
            return again.Watched == Watched && again.Baseline == Baseline;
        }
        catch (ArgumentOutOfRangeException)
        {
            return false; // an instant beyond the calendar, which no clock has shown
        }
    }
}
