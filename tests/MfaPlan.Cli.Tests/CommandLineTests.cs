using System.Diagnostics;
using MfaPlan.Sandbox;

namespace MfaPlan.Cli.Tests;

public sealed class CommandLineTests
{
    private static readonly string[] Commands =
        ["init", "validate", "preview", "show", "apply", "status", "rollback", "user", "assess", "notices", "sandbox", "explain"];

    [Fact]
    public async Task Every_help_has_an_example_and_the_exit_codes()
    {
        using var cli = Cli.In("plans/samples/quickstart");

        foreach (var arguments in Commands.Select(static command => new[] { command, "--help" }).Append(["--help"]))
        {
            var ran = await cli.RunAsync(arguments);

            ran.Exit.ShouldBe(0);
            ran.Out.ShouldContain("Example:");
            ran.Out.ShouldContain("    mfaplan ");
            ran.Out.ShouldContain("64   wrong usage");
        }
    }

    [Theory]
    [InlineData("aply", "apply")]
    [InlineData("previw", "preview")]
    [InlineData("stauts", "status")]
    public async Task A_wrong_command_is_refused_with_a_suggestion(string typed, string meant)
    {
        using var cli = Cli.In("plans/samples/quickstart");

        var ran = await cli.RunAsync(typed, "plan.yaml");

        ran.Exit.ShouldBe(64);
        ran.Error.ShouldContain($"Did you mean: mfaplan {meant}?");
    }

    [Theory]
    [InlineData("apply", "plan.yaml", "--nonsense")]
    [InlineData("apply")]
    [InlineData("sandbox", "advance", "plan.yaml", "soon")]
    [InlineData("explain", "MFP9999")]
    public async Task Wrong_usage_exits_64(params string[] arguments)
    {
        using var cli = Cli.In("plans/samples/quickstart");
        await cli.SandboxAsync("preview", "plan.yaml");

        (await cli.RunAsync(arguments)).Exit.ShouldBe(64);
    }

    [Fact]
    public async Task Piped_output_has_no_escape_codes()
    {
        using var cli = Cli.In("plans/samples/quickstart");

        var ran = await cli.SandboxAsync("apply", "plan.yaml", "--yes");

        (ran.Out + ran.Error).ShouldNotContain("\u001b");
    }

    [Fact]
    public async Task Nobody_to_ask_and_no_yes_writes_nothing()
    {
        using var cli = Cli.In("plans/samples/quickstart");

        var ran = await cli.SandboxAsync("apply", "plan.yaml");

        ran.Exit.ShouldBe(64);
        ran.Error.ShouldContain("--yes");
        (await cli.RunAsync("status", "plan.yaml")).Out.ShouldNotContain("run ");
    }

    [Fact]
    public async Task Of_two_applies_at_once_the_second_says_who_holds_the_lock_and_the_next_takes_over()
    {
        using var cli = Cli.In("plans/samples/quickstart");
        var tenant = System.Text.Json.Nodes.JsonNode.Parse(await File.ReadAllTextAsync(cli.PathOf("tenant.json")))!;
        tenant["faults"] = System.Text.Json.Nodes.JsonNode.Parse("""{ "latencyMilliseconds": 400 }""");
        await File.WriteAllTextAsync(cli.PathOf("tenant.json"), tenant.ToJsonString());
        await using var sandbox = await SandboxServer.StartAsync(
            new SandboxOptions { TenantFile = cli.PathOf("tenant.json") }, TestContext.Current.CancellationToken);
        string[] apply =
            ["apply", "plan.yaml", "--sandbox", sandbox.BaseAddress.ToString(), "--yes", "--request-timeout", "2s", "--settle-window", "1s"];
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "mfaplan"), apply)
        {
            WorkingDirectory = cli.Folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var first = Process.Start(start)!;
        while (!File.Exists(cli.PathOf(".mfaplan/journal/000001.jsonl")) || !File.ReadLines(cli.PathOf(".mfaplan/journal/000001.jsonl")).Skip(3).Any())
        {
            first.HasExited.ShouldBeFalse();
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        var second = await cli.RunAsync(apply);
        var status = await cli.RunAsync("status", "plan.yaml");
        first.Kill();
        await first.WaitForExitAsync(TestContext.Current.CancellationToken);
        var third = await cli.RunAsync(apply);

        second.Exit.ShouldBe(6);
        second.Error.ShouldContain($"process {first.Id}");
        second.Error.ShouldContain("\"apply plan.yaml\"");
        second.Error.ShouldContain("since 20");
        status.Exit.ShouldBe(0);
        status.Out.ShouldContain($"process {first.Id}");
        third.Exit.ShouldBe(0, third.Error);
        third.Error.ShouldContain("Taking over");
    }

    [Fact]
    public async Task A_real_run_on_a_rehearsals_state_is_refused_and_so_is_a_local_state_in_CI()
    {
        using var cli = Cli.In("plans/samples/quickstart");
        await cli.SandboxAsync("preview", "plan.yaml");

        var mixed = await cli.RunAsync("preview", "plan.yaml");
        cli.Environment["CI"] = "true";
        var inCi = await cli.RunAsync("preview", "plan.yaml");
        var rehearsal = await cli.SandboxAsync("preview", "plan.yaml");

        mixed.Exit.ShouldBe(1);
        mixed.Error.ShouldContain("sandbox");
        inCi.Exit.ShouldBe(5);
        inCi.Error.ShouldContain("MFP5014");
        rehearsal.Exit.ShouldBe(0);
    }

    [Fact]
    public async Task Init_makes_a_starter_plan_that_is_valid_and_a_state_of_its_own()
    {
        using var cli = Cli.In("plans/samples/contoso");

        var made = await cli.RunAsync("init", "new.yaml", "--tenant", "7f3c0000-0000-0000-0000-000000000001");
        var again = await cli.RunAsync("init", "new.yaml");
        var valid = await cli.RunAsync("validate", "new.yaml");

        (made.Exit, again.Exit, valid.Exit).ShouldBe((0, 0, 0), made.Error + valid.Out);
        File.Exists(cli.PathOf(".mfaplan/state.json")).ShouldBeTrue();
        File.Exists(cli.PathOf(".mfaplan.key")).ShouldBeTrue();
    }

    [Fact]
    public async Task Reset_forgets_the_tenant_and_the_rehearsal()
    {
        using var cli = Cli.In("plans/samples/quickstart");
        await cli.SandboxAsync("apply", "plan.yaml", "--yes");

        (await cli.RunAsync("sandbox", "reset", "plan.yaml")).Exit.ShouldBe(0);

        (await cli.SandboxAsync("preview", "plan.yaml", "--detailed-exitcode")).Exit.ShouldBe(2);
    }
}
