using System.Globalization;

namespace MfaPlan.Benchmarks.Scenarios;

/// <summary>The process is killed about half way, and run again.</summary>
internal static class KillScenario
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    /// <summary>A preview: the second must not ask for what the first one read.</summary>
    public static async Task PreviewAsync(Workplace place, Report report, int users, CancellationToken cancellationToken)
    {
        var whole = await WholePreviewAsync(place, users, cancellationToken);
        using var bench = await Bench.OpenAsync(place, users, edit: null, cancellationToken);
        await KillAtAsync(bench, "preview", [], counts => counts.Requests >= whole / 2, cancellationToken);
        var before = await bench.Sandbox.CountsAsync(cancellationToken);
        var second = (await bench.PreviewAsync(cancellationToken)).OrFail();
        var counts = (await bench.Sandbox.CountsAsync(cancellationToken)).Since(before);
        report.Add(new Row("preview again after a kill", users, second.Cost, counts));
        var share = (double)counts.Requests / whole;
        report.Claim(share < 0.6, string.Create(
            CultureInfo.InvariantCulture,
            $"preview killed after {before.Requests:n0} of {whole:n0} requests: the second made {counts.Requests:n0} ({share:0.0%})"));
    }

    /// <summary>An apply: the second brings it to the same end, and nothing is written twice.</summary>
    public static async Task ApplyAsync(Workplace place, Report report, int users, CancellationToken cancellationToken)
    {
        FinalTenant good;
        long writes;
        using (var bench = await Bench.OpenAsync(place, users, edit: null, cancellationToken))
        {
            await bench.ApplyAsync(cancellationToken);
            good = await bench.Sandbox.TenantAsync(cancellationToken);
            writes = (await bench.Sandbox.CountsAsync(cancellationToken)).Writes;
        }

        using (var bench = await Bench.OpenAsync(place, users, edit: null, cancellationToken))
        {
            await KillAtAsync(bench, "apply", ["--yes"], counts => counts.Writes >= writes / 2, cancellationToken);
            var before = await bench.Sandbox.CountsAsync(cancellationToken);
            var (cost, _) = await bench.ApplyAsync(cancellationToken);
            var after = await bench.Sandbox.CountsAsync(cancellationToken);
            report.Add(new Row("apply again after a kill", users, cost, after.Since(before)));
            var differences = good.Differences(await bench.Sandbox.TenantAsync(cancellationToken));
            report.Claim(differences == 0 && after.Writes == writes, string.Create(
                CultureInfo.InvariantCulture,
                $"apply killed after {before.Writes:n0} of {writes:n0} writes: {after.Writes:n0} in all at the end, {differences:n0} users differ"));
        }
    }

    private static async Task<long> WholePreviewAsync(Workplace place, int users, CancellationToken cancellationToken)
    {
        using var bench = await Bench.OpenAsync(place, users, edit: null, cancellationToken);
        (await bench.PreviewAsync(cancellationToken)).OrFail();
        return (await bench.Sandbox.CountsAsync(cancellationToken)).Requests;
    }

    private static async Task KillAtAsync(
        Bench bench, string command, string[] options, Func<Counts, bool> half, CancellationToken cancellationToken)
    {
        using var process = bench.Start(command, options);
        while (!half(await bench.Sandbox.CountsAsync(cancellationToken)))
        {
            if (process.HasExited)
            {
                (await process.EndAsync(cancellationToken)).OrFail();
                throw new InvalidOperationException("It was over before it could be killed: take more users.");
            }

            await Task.Delay(Pause, TimeProvider.System, cancellationToken);
        }

        process.Kill();
        await process.EndAsync(cancellationToken);
    }
}
