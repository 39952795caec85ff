using System.CommandLine;
using System.Globalization;
using MfaPlan.Sandbox.Generating;

namespace MfaPlan.Cli.Commands;

/// <summary><c>sandbox generate</c>: a made-up company of any size, to rehearse and to measure with.</summary>
internal static class SandboxGenerateCommand
{
    public static Command Create(CliHost host)
    {
        var users = new Option<int>("--users") { Description = "People in the tenant, from 1 to 2000000.", HelpName = "N", Required = true };
        var seed = new Option<ulong>("--seed") { Description = "The same seed makes the same company (1).", HelpName = "S", DefaultValueFactory = static _ => 1 };
        var output = new Option<string>("--out") { Description = "A new or empty folder.", HelpName = "DIR", Required = true };
        var limits = new Option<bool>("--published-limits") { Description = "Enforce the limits that Microsoft publishes for Graph." };
        var factor = new Option<double>("--time-factor")
        {
            Description = "Let the windows of the limits pass so many times faster, so that hours can be rehearsed in minutes (1).",
            HelpName = "N",
            DefaultValueFactory = static _ => 1,
        };
        var faults = new Option<double>("--faults")
        {
            Description = "The share of requests that are throttled, that fail and whose answer is lost, each, from 0 to 0.9 (0).",
            HelpName = "RATE",
        };
        var rollout = new Option<bool>("--rollout")
        {
            Description = "With what the whole road needs: waves, a policy that demands MFA, tokens, answers, and a plan as far as the end of the rollout.",
        };
        var command = new Command("generate", CommonOptions.Help(
            "Makes up a company: tenant.json, the user export users.csv of its MFA Server, and plan.yaml over both.",
            "mfaplan sandbox generate --users 10000 --out company", "mfaplan preview company/plan.yaml --sandbox company/tenant.json",
            "mfaplan sandbox generate --users 12000 --rollout --out company"))
        {
            users, seed, output, rollout, limits, factor, faults,
        };
        command.SetAction(parsed =>
        {
            var isRollout = parsed.GetValue(rollout);
            var most = isRollout ? GeneratorOptions.MostRolledOut : GeneratorOptions.MostUsers;
            var options = new GeneratorOptions(CommonOptions.InRange(parsed.GetRequiredValue(users), 1, most, "--users"), parsed.GetValue(seed))
            {
                Rollout = isRollout,
                PublishedLimits = parsed.GetValue(limits),
                TimeFactor = CommonOptions.InRange(parsed.GetValue(factor), 1, 10_000, "--time-factor"),
                FaultRate = CommonOptions.InRange(parsed.GetValue(faults), 0, 0.9, "--faults"),
            };
            var folder = EmptyFolder(host, parsed.GetRequiredValue(output));
            var company = CompanyGenerator.Generate(options, folder);
            GeneratedPlan.Write(company, folder);
            host.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"Made a company of {company.Users} users in {parsed.GetRequiredValue(output)}: {company.NeverInSource} without a record in the export, "
                + $"{company.Leavers} records of leavers, {company.RecycledNames} recycled names."));
            if (isRollout)
            {
                host.Out.WriteLine($"Its waves: {string.Join(", ", company.Waves.Select(static wave => $"{wave.Name} from {wave.From} into {wave.Into}"))}.");
                host.Out.WriteLine($"The plan demands signatures: write allowed_signers into {parsed.GetRequiredValue(output)} and pin it in plan.yaml first (docs/walkthrough.md).");
                return ExitCodes.Done;
            }

            host.Out.WriteLine($"Next: mfaplan preview {Path.Combine(parsed.GetRequiredValue(output), "plan.yaml")} --sandbox {Path.Combine(parsed.GetRequiredValue(output), "tenant.json")}");
            return ExitCodes.Done;
        });
        return command;
    }

    private static string EmptyFolder(CliHost host, string path)
    {
        var folder = host.FullPath(path);
        if (File.Exists(folder) || (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any()))
        {
            throw new CommandFailedException(
                ExitCodes.WrongUsage, "MFP5022", $"{path} is there already and not an empty folder; nothing was written. Give a new folder.");
        }

        Directory.CreateDirectory(folder);
        return folder;
    }
}
