using System.CommandLine;
using MfaPlan.Cli.Composition;
using MfaPlan.Cli.Rendering;
using MfaPlan.Engine.ChangeSets;

namespace MfaPlan.Cli.Commands;

/// <summary><c>show DIGEST</c>: a change set of the state again.</summary>
internal static class ShowCommand
{
    public static Command Create(CliHost host)
    {
        var digest = new Argument<string>("DIGEST") { Description = "The change set's digest, or its first digits." };
        var plan = new Option<string>("--plan")
        {
            Description = "The plan whose state keeps it (plan.yaml).",
            HelpName = "PLAN",
            DefaultValueFactory = static _ => "plan.yaml",
        };
        var reveal = CommonOptions.Reveal();
        var json = CommonOptions.Json();
        var users = new Option<string[]>("--user") { Description = "Show these users only.", AllowMultipleArgumentsPerToken = true };
        var unchanged = new Option<bool>("--unchanged") { Description = "Show users that stay as they are, too." };
        var codes = new Option<string[]>("--code")
        {
            Description = "Show only users with one of these findings, all of them.",
            HelpName = "CODE",
            AllowMultipleArgumentsPerToken = true,
        };
        var report = new Option<string?>("--report") { Description = "Write the report files into a folder.", HelpName = "DIR" };
        var command = new Command("show", CommonOptions.Help(
            "Shows a change set that was previewed, after checking it from end to end.",
            "mfaplan show 3f9ac1 --plan plan.yaml", "mfaplan show 3f9ac1 --code MFP3192 --reveal"))
        {
            digest, plan, reveal, json, users, codes, unchanged, report,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var loaded = Workspace.Load(host, parsed.GetRequiredValue(plan));
            var state = States.OpenAny(host, loaded)
                ?? throw new CommandFailedException(ExitCodes.Failed, "MFP5011", "There is no state yet. Preview first.");
            var full = await ChangeSets.FindAsync(state, parsed.GetRequiredValue(digest), cancellationToken);
            var (header, footer) = await ChangeSetFile.VerifyAsync(state, full, cancellationToken)
                ?? throw new CommandFailedException(ExitCodes.Refused, "MFP4004", $"The state has no change set {full}.");
            var view = new ChangeSetView(host, state, loaded.Plan)
            {
                Reveal = parsed.GetValue(reveal),
                Users = [.. parsed.GetValue(users) ?? []],
                Codes = [.. parsed.GetValue(codes) ?? []],
                Unchanged = parsed.GetValue(unchanged),
            };
            await view.ShowAsync(full, header, footer, parsed.GetValue(json), cancellationToken);
            var gate = new ApprovalGate(host, loaded, state);
            if (!parsed.GetValue(json) && header.PlanDigest == loaded.Digest && gate.DemandOf(full, header) is { } demand)
            {
                var verdict = await gate.Book.JudgeAsync(demand, host.Time.GetUtcNow(), cancellationToken);
                host.Out.WriteLine();
                foreach (var line in ApprovalLines.Of(verdict))
                {
                    host.Out.WriteLine(line);
                }
            }

            if (parsed.GetValue(report) is { } folder)
            {
                await view.WriteReportAsync(full, header, footer, host.FullPath(folder), cancellationToken);
            }

            return ExitCodes.Done;
        });
        return command;
    }
}
