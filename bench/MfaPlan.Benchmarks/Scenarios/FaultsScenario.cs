using System.Globalization;
using System.Text.Json.Nodes;

namespace MfaPlan.Benchmarks.Scenarios;

/// <summary>A tenth of the requests throttled, a tenth failing, a tenth of the writes unanswered: the end must be that of a good day.</summary>
internal static class FaultsScenario
{
    /// <summary>Applies on a good day and on a bad one, and compares.</summary>
    public static async Task RunAsync(Workplace place, Report report, int users, CancellationToken cancellationToken)
    {
        FinalTenant good;
        Counts once;
        using (var bench = await Bench.OpenAsync(place, users, edit: null, cancellationToken))
        {
            await bench.ApplyAsync(cancellationToken);
            good = await bench.Sandbox.TenantAsync(cancellationToken);
            once = await bench.Sandbox.CountsAsync(cancellationToken);
        }

        using (var bench = await Bench.OpenAsync(place, users, Spoil, cancellationToken))
        {
            var (cost, sittings) = await bench.ApplyAsync(cancellationToken);
            var counts = await bench.Sandbox.CountsAsync(cancellationToken);
            report.Add(new Row("preview and apply, faults", users, cost, counts));
            var differences = good.Differences(await bench.Sandbox.TenantAsync(cancellationToken));
            report.Claim(differences == 0 && counts.Writes == once.Writes, string.Create(
                CultureInfo.InvariantCulture,
                $"faults: {differences:n0} users differ from the fault-free end; {counts.Writes:n0} writes took effect, {once.Writes:n0} without faults; "
                + $"{counts.Throttled:n0} answers 429, {counts.ServerErrors:n0} answers 503, {counts.Dropped:n0} dropped; {sittings} sittings"));
            report.Claim(counts.SentBeforeRetryAfter == 0, string.Create(
                CultureInfo.InvariantCulture, $"faults: {counts.SentBeforeRetryAfter:n0} requests before their Retry-After was over"));
        }
    }

    private static void Spoil(JsonObject tenant) => tenant["faults"] = new JsonObject
    {
        ["seed"] = 1,
        ["throttleRate"] = 0.1,
        ["retryAfterSeconds"] = 1,
        ["serverErrorRate"] = 0.1,
        ["dropAfterWriteRate"] = 0.1,
    };
}
