using System.Globalization;

namespace MfaPlan.Benchmarks.Scenarios;

/// <summary>An apply at the published pace, as long runs go: what it takes of a processor.</summary>
internal static class PaceScenario
{
    private const double MostShare = 0.1;

    /// <summary>Previews, then applies at 20 writes a second.</summary>
    public static async Task RunAsync(Workplace place, Report report, int users, CancellationToken cancellationToken)
    {
        using var bench = await Bench.OpenAsync(place, users, edit: null, cancellationToken);
        var before = (await bench.PreviewAsync(cancellationToken)).OrFail().Cost;
        var start = await bench.Sandbox.CountsAsync(cancellationToken);
        var finished = (await bench.RunAsync("apply", ["--yes", "--writes-per-second", "20"], cancellationToken)).OrFail();
        var counts = (await bench.Sandbox.CountsAsync(cancellationToken)).Since(start);
        report.Add(new Row("apply at 20 writes a second", users, finished.Cost, counts));

        // The apply previews first; what that takes is known from the preview before it.
        var seconds = (finished.Cost.Wall - before.Wall).TotalSeconds;
        var share = (finished.Cost.Cpu - before.Cpu).TotalSeconds / seconds;
        report.Claim(share <= MostShare, string.Create(
            CultureInfo.InvariantCulture,
            $"pace: {counts.Writes / seconds:0.0} writes a second took {share:0.0%} of one processor over {seconds:0} s"));
    }
}
