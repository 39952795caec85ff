using System.Globalization;
using System.Text.Json.Nodes;

namespace MfaPlan.Benchmarks.Scenarios;

/// <summary>A tenant that neither throttles nor fails: what the program itself costs, and what a script costs beside it.</summary>
internal static class PlainScenarios
{
    private const int TimesAsFast = 10;

    /// <summary>A preview.</summary>
    public static async Task PreviewAsync(Workplace place, Report report, int users, CancellationToken cancellationToken)
    {
        using var bench = await Bench.OpenAsync(place, users, edit: null, cancellationToken);
        var finished = (await bench.PreviewAsync(cancellationToken)).OrFail();
        report.Add(new Row("preview", users, finished.Cost, await bench.Sandbox.CountsAsync(cancellationToken)));
    }

    /// <summary>A preview and its apply, in one process.</summary>
    public static async Task ApplyAsync(Workplace place, Report report, int users, CancellationToken cancellationToken)
    {
        using var bench = await Bench.OpenAsync(place, users, edit: null, cancellationToken);
        var (cost, _) = await bench.ApplyAsync(cancellationToken);
        report.Add(new Row("preview and apply", users, cost, await bench.Sandbox.CountsAsync(cancellationToken)));
    }

    /// <summary>The runner and the script on the same tenant, one after the other.</summary>
    /// <param name="place">Where to run.</param>
    /// <param name="report">Where the rows go.</param>
    /// <param name="users">How many.</param>
    /// <param name="latency">How many milliseconds the tenant takes for an answer; 0 on loopback shows the programs alone.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task PeerAsync(Workplace place, Report report, int users, int latency, CancellationToken cancellationToken)
    {
        Action<JsonObject>? edit = latency == 0 ? null : tenant => tenant["faults"] = new JsonObject { ["latencyMilliseconds"] = latency };
        var distance = latency == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", {latency} ms away");
        Row runner;
        using (var bench = await Bench.OpenAsync(place, users, edit, cancellationToken))
        {
            var (cost, _) = await bench.ApplyAsync(cancellationToken);
            runner = new Row("runner beside the script" + distance, users, cost, await bench.Sandbox.CountsAsync(cancellationToken));
            report.Add(runner);
        }

        Row script;
        using (var bench = await Bench.OpenAsync(place, users, edit, cancellationToken))
        {
            var self = Environment.ProcessPath ?? throw new InvalidOperationException("This process has no path.");
            var arguments = Path.GetFileNameWithoutExtension(self) == "dotnet"
                ? new[] { typeof(PlainScenarios).Assembly.Location, "peer" }
                : ["peer"];
            var finished = (await Measured.RunAsync(
                self, bench.Folder, [.. arguments, bench.Sandbox.Address.ToString(), bench.Export], cancellationToken)).OrFail();
            script = new Row("script, Graph SDK" + distance, users, finished.Cost, await bench.Sandbox.CountsAsync(cancellationToken));
            report.Add(script);
        }

        // At no distance both are bounded by the tenant on the same two processors, and only what each costs can be compared.
        report.Claim(
            runner.Counts.Requests < script.Counts.Requests && (latency == 0 || TimesAsFast * runner.Cost.Wall <= script.Cost.Wall),
            string.Create(
                CultureInfo.InvariantCulture,
                $"{users:n0} users beside the script{distance}: {script.Cost.Wall / runner.Cost.Wall:0.0} times as fast, "
                + $"1/{(double)script.Counts.Requests / runner.Counts.Requests:0.00} of the requests, 1/{script.Cost.Cpu / runner.Cost.Cpu:0.0} of the CPU, "
                + $"1/{(double)script.Cost.Allocated / runner.Cost.Allocated:0.0} of the allocations; "
                + $"{runner.Counts.Writes:n0} writes, the script {script.Counts.Writes:n0}"));
    }
}
