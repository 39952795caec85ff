using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using MfaPlan.Sandbox;

namespace MfaPlan.Cli.Tests;

/// <summary>The whole program with its state in Azure Blob storage.</summary>
public sealed class BlobTests
{
    private static readonly string[] Times = ["--request-timeout", "1s", "--settle-window", "1s"];

    [Fact]
    public async Task In_CI_a_state_in_storage_is_made_used_and_told_from_a_sandboxs()
    {
        using var cli = await NewAsync();
        cli.Environment["CI"] = "true";

        var made = await cli.RunAsync("init", "plan.yaml");
        var again = await cli.RunAsync("init", "plan.yaml");
        var rehearsed = await cli.SandboxAsync("preview", "plan.yaml");

        made.Exit.ShouldBe(0, made.Error);
        made.Out.ShouldContain("Made the state in the container state-");
        (made.Out + made.Error + again.Error + rehearsed.Error).ShouldNotContain("MFP2900");
        again.Exit.ShouldBe(0, again.Error);
        again.Out.ShouldContain("is there already");
        rehearsed.Error.ShouldContain("MFP5204");
        Directory.Exists(cli.PathOf(".mfaplan")).ShouldBeFalse("nothing may be kept on a machine of CI");
        File.Exists(cli.PathOf(".mfaplan.key")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_rehearsal_runs_as_with_a_folder_and_a_second_apply_writes_nothing()
    {
        using var cli = await NewAsync();

        var preview = await cli.SandboxAsync("preview", "plan.yaml");
        var apply = await cli.SandboxAsync(["apply", "plan.yaml", "--yes", .. Times]);
        var second = await cli.SandboxAsync(["apply", "plan.yaml", "--yes", .. Times]);
        var status = await cli.RunAsync("status", "plan.yaml");
        var evidence = await cli.RunAsync("evidence", "plan.yaml", "--out", "pack");
        var compared = await cli.RunAsync("evidence", "verify", "pack", "--plan", "plan.yaml");

        preview.Exit.ShouldBeOneOf(0, 2);
        apply.Exit.ShouldBe(0, apply.Error);
        second.Exit.ShouldBe(0, second.Error);
        second.Out.ShouldContain("Nothing to do");
        status.Exit.ShouldBe(0, status.Error);
        (evidence.Exit, compared.Exit).ShouldBe((0, 0), evidence.Out + evidence.Error + compared.Out);
        File.Exists(cli.PathOf(".mfaplan.key")).ShouldBeFalse();
    }

    [Fact]
    public async Task Keys_of_a_state_in_storage_are_rotated_and_destroyed_and_old_copies_are_spoken_of()
    {
        using var cli = await NewAsync();
        (await cli.SandboxAsync(["apply", "plan.yaml", "--yes", .. Times])).Exit.ShouldBe(0);
        var digest = DigestOf((await cli.SandboxAsync("preview", "plan.yaml")).Out);
        cli.Environment["NEXT_KEY"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

        var rotated = await cli.RunAsync("state", "rotate", "plan.yaml", "--new-key", "env:NEXT_KEY");
        var withOld = await cli.RunAsync("show", digest, "--plan", "plan.yaml");
        cli.Environment["MFAPLAN_KEY"] = cli.Environment["NEXT_KEY"];
        var withNew = await cli.RunAsync("show", digest, "--plan", "plan.yaml");
        var shredded = await cli.RunAsync("state", "shred", "plan.yaml", "--yes");
        var status = await cli.RunAsync("status", "plan.yaml");
        var after = await cli.RunAsync("show", digest, "--plan", "plan.yaml");

        rotated.Exit.ShouldBe(0, rotated.Error);
        rotated.Out.ShouldContain("New files are sealed under data key ");
        rotated.Out.ShouldContain("blob versioning, soft delete");
        withOld.Exit.ShouldBe(1, withOld.Out);
        withOld.Error.ShouldContain("MFP5208");
        withNew.Exit.ShouldBe(0, withNew.Error);
        shredded.Exit.ShouldBe(0, shredded.Error);
        shredded.Out.ShouldContain("blob versioning, soft delete");
        status.Exit.ShouldBe(0, status.Error);
        status.Out.ShouldContain("complete");
        after.Error.ShouldContain("MFP5214");
    }

    [Fact]
    public async Task A_runner_that_is_stopped_past_its_lease_sends_no_write_when_it_goes_on()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs SIGSTOP.");
        using var cli = await NewAsync();
        var record = cli.PathOf("record.jsonl");
        await using var sandbox = await SandboxServer.StartAsync(
            new SandboxOptions { TenantFile = cli.PathOf("tenant.json"), RecordFile = record }, TestContext.Current.CancellationToken);
        Process? runner = null;
        var isStopped = new TaskCompletionSource();
        var goesOn = new TaskCompletionSource();
        var stops = 0;
        await using var proxy = KillingProxy.Start(sandbox.BaseAddress, 0, () =>
        {
            if (runner is null || Writes(record) < 3 || Interlocked.Increment(ref stops) > 1)
            {
                return false;
            }

            Signal("-STOP", runner);
            isStopped.SetResult();
            goesOn.Task.Wait(TestContext.Current.CancellationToken);
            return true;
        });
        string[] arguments = ["apply", "plan.yaml", "--sandbox", proxy.Address.ToString(), "--yes", .. Times];

        runner = Start(cli, arguments);
        var error = runner.StandardError.ReadToEndAsync();
        var output = runner.StandardOutput.ReadToEndAsync();
        await Task.WhenAny(isStopped.Task, error);
        isStopped.Task.IsCompleted.ShouldBeTrue("the runner ended before it could be stopped");
        var next = await cli.RunAsync(arguments);
        var writes = Writes(record);
        Signal("-CONT", runner);
        goesOn.SetResult();
        await runner.WaitForExitAsync();
        await output;

        next.Exit.ShouldBe(0, next.Error);
        next.Error.ShouldContain("Taking over");
        runner.ExitCode.ShouldBe(ExitCodes.Locked, await error);
        (await error).ShouldContain("MFP5222");
        Writes(record).ShouldBe(writes);
        runner.Dispose();
        (await cli.RunAsync(arguments)).Out.ShouldContain("Nothing to do");
        Writes(record).ShouldBe(writes);
    }

    private static async Task<Cli> NewAsync()
    {
        Assert.SkipWhen(Azurite.WhyNot is not null, Azurite.WhyNot ?? "");
        var cli = Cli.In("plans/samples/quickstart");
        var container = "state-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        await File.AppendAllTextAsync(
            cli.PathOf("plan.yaml"),
            $"\nstate: {{ azureBlob: {{ account: contosomfa, container: {container} }}, key: {{ env: MFAPLAN_KEY }} }}\n");
        cli.Environment["MFAPLAN_BLOB_CONNECTION"] = (await Azurite.SharedAsync()).Connection;
        cli.Environment["MFAPLAN_KEY"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        return cli;
    }

    private static string DigestOf(string preview) =>
        preview.Split('\n').Select(static line => line.Split(' ')).First(static words => words is ["digest", ..])[1];

    private static Process Start(Cli cli, string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "mfaplan"), arguments)
        {
            WorkingDirectory = cli.Folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in cli.Environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    private static void Signal(string signal, Process process)
    {
        using var kill = Process.Start("kill", [signal, process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>Requests of the record that write; its last line may be under way.</summary>
    private static int Writes(string record)
    {
        if (!File.Exists(record))
        {
            return 0;
        }

        using var reader = new StreamReader(new FileStream(record, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return reader.ReadToEnd().Split('\n').Count(static line =>
            (line.Contains("\"POST\"", StringComparison.Ordinal) || line.Contains("\"PATCH\"", StringComparison.Ordinal)
                || line.Contains("\"DELETE\"", StringComparison.Ordinal))
            && !line.Contains("/$batch", StringComparison.Ordinal) && !line.Contains("/getByIds", StringComparison.Ordinal));
    }
}
