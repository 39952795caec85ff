using System.CommandLine;
using System.Globalization;
using MfaPlan.Cli.Composition;
using MfaPlan.Core.Plans;
using MfaPlan.Sandbox;

namespace MfaPlan.Cli.Commands;

/// <summary><c>sandbox</c>: the simulated tenant alone, and what a plan's own sandbox holds.</summary>
internal static class SandboxCommand
{
    public static Command Create(CliHost host)
    {
        var tenant = new Option<string?>("--tenant") { Description = "The tenant file to start from.", HelpName = "FILE" };
        var port = new Option<int>("--port") { Description = "The port on 127.0.0.1; 0 takes a free one.", DefaultValueFactory = static _ => 0 };
        var record = CommonOptions.Record();
        var command = new Command("sandbox", CommonOptions.Help(
            "Runs a simulated tenant on 127.0.0.1 until it is stopped, for --sandbox http://127.0.0.1:PORT and for other clients.",
            "mfaplan sandbox --tenant tenant.json --port 5080", "mfaplan sandbox show plan.yaml", "mfaplan sandbox advance plan.yaml 24h"))
        {
            tenant, port, record,
        };
        command.Add(Show(host));
        command.Add(Reset(host));
        command.Add(Advance(host));
        command.Add(SandboxGenerateCommand.Create(host));
        command.Add(SandboxPeopleCommands.Register(host));
        command.Add(SandboxPeopleCommands.SignIns(host));
        command.Add(SandboxPeopleCommands.Disable(host));
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var file = parsed.GetValue(tenant)
                ?? throw new CommandFailedException(ExitCodes.WrongUsage, "MFP5012", "Name the tenant file: mfaplan sandbox --tenant FILE --port N");
            await using var server = await SandboxServer.StartAsync(
                new SandboxOptions
                {
                    TenantFile = host.FullPath(file),
                    Port = parsed.GetValue(port),
                    RecordFile = parsed.GetValue(record) is { } path ? host.FullPath(path) : null,
                    Time = host.Time,
                },
                cancellationToken);
            host.Out.WriteLine($"Simulated tenant at {server.BaseAddress} (loopback only). Stop with Ctrl+C.");
            host.Out.Flush();
            try
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, host.Time, cancellationToken);
            }
            catch (OperationCanceledException)
            {
                host.Error.WriteLine("Stopped.");
            }

            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Show(CliHost host)
    {
        var plan = CommonOptions.Plan();
        var command = new Command("show", CommonOptions.Help(
            "Prints the plan's simulated tenant as it is now, in the format of a tenant file.", "mfaplan sandbox show plan.yaml")) { plan };
        command.SetAction(parsed =>
        {
            host.Out.WriteLine(SandboxTenantFile.Show("", Existing(host, parsed.GetRequiredValue(plan))));
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Reset(CliHost host)
    {
        var plan = CommonOptions.Plan();
        var command = new Command("reset", CommonOptions.Help(
            "Forgets the plan's simulated tenant, and with it the state of the rehearsal: journal, change sets and key made in the sandbox.",
            "mfaplan sandbox reset plan.yaml")) { plan };
        command.SetAction(parsed =>
        {
            var loaded = Workspace.Load(host, parsed.GetRequiredValue(plan));
            States.ForgetSandbox(host, loaded);
            host.Out.WriteLine("The simulated tenant and the rehearsal's state are forgotten.");
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Advance(CliHost host)
    {
        var plan = CommonOptions.Plan();
        var by = new Argument<string>("DURATION") { Description = "How far, for example 30m, 24h or 5d." };
        var command = new Command("advance", CommonOptions.Help(
            "Moves the clock of the plan's simulated tenant ahead, so that soaks and windows can be rehearsed.",
            "mfaplan sandbox advance plan.yaml 24h")) { plan, by };
        command.SetAction(parsed =>
        {
            if (!Durations.TryParse(parsed.GetRequiredValue(by), out var duration) || duration <= TimeSpan.Zero)
            {
                throw new CommandFailedException(ExitCodes.WrongUsage, "MFP5005", "A duration is written like 30m, 24h or 5d.");
            }

            var now = SandboxTenantFile.Advance("", Existing(host, parsed.GetRequiredValue(plan)), duration);
            host.Out.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"The simulated tenant's clock is {parsed.GetRequiredValue(by)} further: {now.UtcDateTime:ddd} {now.UtcDateTime:u}."));
            return ExitCodes.Done;
        });
        return command;
    }

    /// <summary>Where the plan's simulated tenant is kept, or the end of the command where there is none.</summary>
    public static string Existing(CliHost host, string path)
    {
        var file = TenantConnection.StateFile(Workspace.Load(host, path));
        return File.Exists(file) || File.Exists(file + ".wal")
            ? file
            : throw new CommandFailedException(
                ExitCodes.Failed, "MFP5013", "This plan has no simulated tenant yet. Preview or apply it with --sandbox FILE first.");
    }
}
