using System.Globalization;
using System.Text.Json.Nodes;

namespace MfaPlan.Benchmarks.Scenarios;

/// <summary>A tenant with the published limits: how near the apply comes to them, and whether it keeps the waits it is given.</summary>
internal static class LimitsScenario
{
    private const double Writes = 3000;
    private const double Window = 150;
    private const double Settled = 60;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>Applies, reading the counters all the while.</summary>
    /// <param name="place">Where to run.</param>
    /// <param name="report">Where rows and claims go.</param>
    /// <param name="users">How many.</param>
    /// <param name="timeFactor">How much faster the windows pass.</param>
    /// <param name="paced">
    /// Whether the runner knows the limit, as it does at the real service, or has to find it out by the service's answers alone.
    /// </param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task RunAsync(
        Workplace place, Report report, int users, double timeFactor, bool paced, CancellationToken cancellationToken)
    {
        using var bench = await Bench.OpenAsync(
            place,
            users,
            tenant => tenant["limits"] = new JsonObject
            {
                ["writesPer150Seconds"] = Writes,
                ["resourceUnitsPer10Seconds"] = 8000,
                ["reportsPer10Seconds"] = 5,
                ["timeFactor"] = timeFactor,
            },
            cancellationToken);
        var rate = (Writes / Window * timeFactor).ToString(CultureInfo.InvariantCulture);
        using var apply = bench.Start("apply", paced ? ["--yes", "--writes-per-second", rate] : ["--yes"]);
        var readings = new List<(double At, Counts Counts)>();
        var start = TimeProvider.System.GetTimestamp();
        while (!apply.HasExited)
        {
            readings.Add((TimeProvider.System.GetElapsedTime(start).TotalSeconds, await bench.Sandbox.CountsAsync(cancellationToken)));
            await Task.Delay(Pause, TimeProvider.System, cancellationToken);
        }

        var finished = (await apply.EndAsync(cancellationToken)).OrFail();
        var end = await bench.Sandbox.CountsAsync(cancellationToken);
        report.Add(new Row(paced ? "apply, published limits known" : "apply, published limits found out", users, finished.Cost, end));
        Judge(report, readings, end, timeFactor);
    }

    private static void Judge(Report report, List<(double At, Counts Counts)> readings, Counts end, double timeFactor)
    {
        var first = readings.Find(static reading => reading.Counts.Writes > 0);
        var last = readings.Find(reading => reading.Counts.Writes == end.Writes);
        last = last.Counts is null ? readings[^1] : last;

        // Whole windows only, since a window's writes may all come at its beginning; after the first minute where it lasts so long.
        var window = Window / timeFactor;
        var skipped = Math.Ceiling(Settled / window) * window;
        var whole = Math.Floor((last.At - first.At - skipped) / window) * window;
        var settled = whole >= window;
        var from = settled ? readings.Find(reading => reading.At >= first.At + skipped) : first;
        var to = settled ? readings.Find(reading => reading.At >= from.At + whole) : last;
        to = to.Counts is null ? last : to;
        var seconds = to.At - from.At;
        var seen = to.Counts.Since(from.Counts);
        var permitted = settled ? Writes / window * seconds : Writes * Math.Max(1, Math.Ceiling(seconds / window));
        report.Claim(settled && seen.Writes >= 0.95 * permitted, string.Create(
            CultureInfo.InvariantCulture,
            $"limits (windows {timeFactor:0.#} times as fast): {seen.Writes:n0} of {permitted:n0} permitted writes in {seconds:0.0} s "
            + $"({seen.Writes / permitted:0.0%}){(settled ? " after the first minute" : "; it was over before a minute: take more users")}"));
        report.Claim(seen.ThrottledShare <= 0.01, string.Create(
            CultureInfo.InvariantCulture, $"limits: {seen.ThrottledShare:0.00%} of the answers were 429 then ({seen.Throttled:n0})"));
        report.Claim(end.SentBeforeRetryAfter == 0, string.Create(
            CultureInfo.InvariantCulture, $"limits: {end.SentBeforeRetryAfter:n0} requests before their Retry-After was over"));
    }
}
