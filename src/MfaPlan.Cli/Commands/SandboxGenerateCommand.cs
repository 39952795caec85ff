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
        var command = new Command("generate", CommonOptions.Help(
            "Makes up a company: tenant.json, the user export users.csv of its MFA Server, and plan.yaml over both.",
            "mfaplan sandbox generate --users 10000 --out company", "mfaplan preview company/plan.yaml --sandbox company/tenant.json"))
        {
            users, seed, output, limits, factor, faults,
        };
        command.SetAction(parsed =>
        {
            var options = new GeneratorOptions(
                CommonOptions.InRange(parsed.GetRequiredValue(users), 1, GeneratorOptions.MostUsers, "--users"), parsed.GetValue(seed))
            {
                PublishedLimits = parsed.GetValue(limits),
                TimeFactor = CommonOptions.InRange(parsed.GetValue(factor), 1, 10_000, "--time-factor"),
                FaultRate = CommonOptions.InRange(parsed.GetValue(faults), 0, 0.9, "--faults"),
            };
            var folder = EmptyFolder(host, parsed.GetRequiredValue(output));
            var company = CompanyGenerator.Generate(options, folder);
            File.WriteAllText(Path.Combine(folder, "plan.yaml"), PlanOf(company));
            host.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"Made a company of {company.Users} users in {parsed.GetRequiredValue(output)}: {company.NeverInSource} without a record in the export, "
                + $"{company.Leavers} records of leavers, {company.RecycledNames} recycled names."));
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

    private static string PlanOf(GeneratedCompany company) => string.Create(CultureInfo.InvariantCulture, $$"""
        apiVersion: mfaplan/v1
        kind: MigrationPlan
        metadata: { name: generated-{{company.Users}} }
        tenant: { id: {{company.Tenant:D}} }
        domains:
          - { name: contoso.com, expect: federated, mfaToday: none }
          - { name: contoso.io, expect: managed, mfaToday: entra }
        source:
          mfaServer: { users: {{CompanyGenerator.ExportFile}}, asOf: 2024-09-27 }
        match: { order: [upn, sid] }
        migrate:
          groups: [{{company.Group}}]
        protect:
          breakGlass: [{{string.Join(", ", company.BreakGlass)}}]

        """);
}
