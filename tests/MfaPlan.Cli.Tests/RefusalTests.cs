namespace MfaPlan.Cli.Tests;

/// <summary>What is refused leaves nothing behind.</summary>
public sealed class RefusalTests
{
    [Theory]
    [InlineData("apply", "--digest", "0000")]
    [InlineData("rollback")]
    [InlineData("rollback", "--print")]
    public async Task A_command_that_an_open_run_stands_in_the_way_of_leaves_no_line_in_the_journal(string command, params string[] rest)
    {
        using var cli = Cli.In("plans/invalid/MFP4005-run-open");
        (await cli.SandboxAsync("apply", "plan.yaml", "--yes", "--max-users", "1")).Exit.ShouldBe(4);
        var journal = cli.PathOf(".mfaplan/journal/000001.jsonl");
        var before = await File.ReadAllTextAsync(journal, TestContext.Current.CancellationToken);

        var refused = await cli.SandboxAsync([command, "plan.yaml", "--yes", .. rest]);

        (refused.Exit, refused.Error.Contains("MFP4005", StringComparison.Ordinal)).ShouldBe((5, true), refused.Error);
        (await File.ReadAllTextAsync(journal, TestContext.Current.CancellationToken)).ShouldBe(before);
        (await cli.SandboxAsync("apply", "plan.yaml", "--yes")).Exit.ShouldBe(0, "the run goes on");
    }

    [Theory]
    [InlineData("user")]
    [InlineData("rollback", "--yes", "--user")]
    public async Task A_user_whom_the_tenant_does_not_have_is_refused_alike_by_every_command(params string[] command)
    {
        ArgumentNullException.ThrowIfNull(command);
        using var cli = Cli.In("plans/samples/quickstart");
        (await cli.SandboxAsync("apply", "plan.yaml", "--yes")).Exit.ShouldBe(0);

        var refused = await cli.SandboxAsync([command[0], "plan.yaml", .. command[1..], "nobody@contoso.com"]);

        (refused.Exit, refused.Error.Contains("MFP3102", StringComparison.Ordinal)).ShouldBe((5, true), refused.Error);
    }
}
