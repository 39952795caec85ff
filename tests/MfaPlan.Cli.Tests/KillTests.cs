using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using MfaPlan.Sandbox;

namespace MfaPlan.Cli.Tests;

/// <summary>SIGKILL on the real process, at every request of an apply over the quickstart; the sandbox lives in this process, the runner in its own.</summary>
public sealed class KillTests
{
    private static readonly string[] Times = ["--request-timeout", "1s", "--settle-window", "1s"];

    [Fact]
    public async Task A_runner_killed_at_every_step_goes_on_and_ends_as_if_it_had_not_been()
    {
        var whole = await ApplyAsync(killAt: -1, faults: null);
        whole.Exit.ShouldBe(0, whole.Error);

        var from = whole.PointsBeforeFirstWrite;
        (whole.Points - from).ShouldBeGreaterThan(60, "there must be at least 60 different points");
        var reached = 0;
        await Parallel.ForEachAsync(
            Enumerable.Range(from, whole.Points - from), new ParallelOptions { MaxDegreeOfParallelism = 3 }, async (point, _) =>
            {
                var killed = await ApplyAsync(point, faults: null);
                killed.Tenant.ShouldBe(whole.Tenant, $"killed at point {point}: {killed.Error}");
                killed.Repeated.ShouldBeEmpty($"killed at point {point}");
                killed.StatusExit.ShouldBe(0);
                Interlocked.Add(ref reached, killed.WasKilled ? 1 : 0);
            });

        // Looks of several units may travel together, so a run may have a few requests fewer than the one that was counted.
        reached.ShouldBeGreaterThan(60);
    }

    [Fact]
    public async Task So_it_does_with_throttling_server_errors_lost_answers_and_lag()
    {
        var whole = await ApplyAsync(killAt: -1, faults: null);
        const string Faults = """
            { "seed": 7, "throttleRate": 0.2, "retryAfterSeconds": 1, "serverErrorRate": 0.1, "dropAfterWriteRate": 0.1, "replicationDelaySeconds": 0.6 }
            """;

        foreach (var point in new[] { -1, 25, 45, 65 })
        {
            var killed = await ApplyAsync(point, Faults);

            killed.WasKilled.ShouldBe(point >= 0, $"killed at point {point}");
            killed.Tenant.ShouldBe(whole.Tenant, $"killed at point {point}: {killed.Error}");
            killed.Repeated.ShouldBeEmpty($"killed at point {point}");
        }
    }

    /// <summary>The sample with a prepare stage, without its token, for which the service would have to be waited for.</summary>
    [Fact]
    public async Task So_it_does_while_the_policy_is_written_and_goes_on_with_the_next_stage()
    {
        var whole = await ApplyAsync(killAt: -1, faults: null, "plans/samples/policy");
        whole.Exit.ShouldBe(0, whole.Error);

        var from = whole.PointsBeforeFirstWrite;
        var reached = 0;
        await Parallel.ForEachAsync(Enumerable.Range(from, 14), new ParallelOptions { MaxDegreeOfParallelism = 3 }, async (point, _) =>
        {
            var killed = await ApplyAsync(point, faults: null, "plans/samples/policy");
            killed.Exit.ShouldBe(0, $"killed at point {point}: {killed.Error}");
            killed.Tenant.ShouldBe(whole.Tenant, $"killed at point {point}: {killed.Error}");
            killed.Repeated.ShouldBeEmpty($"killed at point {point}");
            Interlocked.Add(ref reached, killed.WasKilled ? 1 : 0);
        });

        reached.ShouldBe(14);
    }

    private static async Task<Result> ApplyAsync(int killAt, string? faults, string sample = "plans/samples/quickstart")
    {
        using var cli = Cli.In(sample);
        var lines = (await File.ReadAllLinesAsync(cli.PathOf("plan.yaml")))
            .Where(static line => !line.Contains("hardwareOath:", StringComparison.Ordinal) && !line.Contains("upload.csv", StringComparison.Ordinal)
                && line != "  tokens:");
        await File.WriteAllLinesAsync(cli.PathOf("plan.yaml"), lines);
        if (faults is not null)
        {
            var tenant = JsonNode.Parse(await File.ReadAllTextAsync(cli.PathOf("tenant.json")))!;
            tenant["faults"] = JsonNode.Parse(faults);
            await File.WriteAllTextAsync(cli.PathOf("tenant.json"), tenant.ToJsonString());
        }

        var record = cli.PathOf("record.jsonl");
        await using var sandbox = await SandboxServer.StartAsync(
            new SandboxOptions { TenantFile = cli.PathOf("tenant.json"), RecordFile = record }, TestContext.Current.CancellationToken);
        Process? running = null;
        var killed = false;
        await using var proxy = KillingProxy.Start(sandbox.BaseAddress, killAt, () =>
        {
            if (!killed && running is { HasExited: false } runner)
            {
                killed = true;
                runner.Kill();
                runner.WaitForExit();
                return true;
            }

            return false;
        });

        var exit = -1;
        var error = "";
        var statusExit = 0;
        for (var attempt = 0; attempt < 12; attempt++)
        {
            // The record holds paths as they came through the proxy; the runner sees one address throughout.
            running = Start(cli, ["apply", "plan.yaml", "--sandbox", proxy.Address.ToString(), "--yes", .. Times]);
            var output = running.StandardOutput.ReadToEndAsync();
            error = await running.StandardError.ReadToEndAsync();
            await running.WaitForExitAsync();
            await output;
            exit = running.ExitCode;
            running.Dispose();
            running = null;
            statusExit |= (await cli.RunAsync("status", "plan.yaml")).Exit;
            if (exit == 0)
            {
                break;
            }
        }

        return new Result(
            exit, error, Canonical(sandbox.ShowTenant()), proxy.Points, PointsBeforeFirstWriteOf(record), killed, statusExit, Repeats(record));
    }

    private static Process Start(Cli cli, string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "mfaplan"))
        {
            WorkingDirectory = cli.Folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }

    /// <summary>The tenant without the times of its changes and without the faults that a test put in.</summary>
    private static string Canonical(string tenant)
    {
        var root = JsonNode.Parse(tenant)!.AsObject();
        root.Remove("faults");
        root.Remove("sandbox");
        Strip(root);
        return root.ToJsonString(new JsonSerializerOptions { WriteIndented = true });

        static void Strip(JsonNode? node)
        {
            switch (node)
            {
                case JsonObject mapping:
                    mapping.Remove("createdDateTime");
                    mapping.Remove("lastModifiedDateTime");
                    foreach (var (_, value) in mapping)
                    {
                        Strip(value);
                    }

                    break;
                case JsonArray list:
                    foreach (var item in list)
                    {
                        Strip(item);
                    }

                    break;
            }
        }
    }

    private static int PointsBeforeFirstWriteOf(string record) =>
        Lines(record).TakeWhile(static line => !IsWrite(line)).Count(static line => line["batch"] is null) - 1;

    /// <summary>Writes that took effect more than once: a success, or an answer that was lost.</summary>
    private static List<string> Repeats(string record) =>
    [
        .. Lines(record).Where(IsWrite)
            .Where(static line => (int)line["status"]! is 0 or (>= 200 and < 300))
            .GroupBy(static line => $"{line["method"]} {line["path"]} {line["request"]?.ToJsonString()}")
            .Where(static group => group.Count() > 1)
            .Select(static group => group.Key),
    ];

    private static bool IsWrite(JsonNode line) =>
        (string)line["method"]! != "GET" && !((string)line["path"]!).EndsWith("/$batch", StringComparison.Ordinal)
        && !((string)line["path"]!).EndsWith("/getByIds", StringComparison.Ordinal);

    private static IEnumerable<JsonNode> Lines(string record) => File.ReadLines(record).Select(static line => JsonNode.Parse(line)!);

    private sealed record Result(
        int Exit, string Error, string Tenant, int Points, int PointsBeforeFirstWrite, bool WasKilled, int StatusExit, List<string> Repeated);
}
