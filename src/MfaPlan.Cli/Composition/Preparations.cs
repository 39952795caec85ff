using MfaPlan.Core.Diagnostics;
using MfaPlan.Core.Sources;
using MfaPlan.Sources;

namespace MfaPlan.Cli.Composition;

/// <summary>Reads the on-premises side that a plan names.</summary>
internal static class Preparations
{
    /// <summary>Reads the source files; problems go to the error stream, and errors that leave nothing to go by end the command.</summary>
    public static async Task<SourceData> ReadSourceAsync(CliHost host, LoadedPlan loaded, CancellationToken cancellationToken)
    {
        var plan = loaded.Plan;
        var users = OnPremisesFiles.UsersOf(plan.Source, Locate) ?? throw new CommandFailedException(
            ExitCodes.Refused, "MFP5006", "This version does not read source.webService. Export the users to a file and name it under source.mfaServer.users.");
        var read = await OnPremisesFiles.ReadAsync(
            users, plan.Match.Overrides is { } overrides ? Locate(overrides) : null, cancellationToken);
        if (!read.Diagnostics.IsEmpty)
        {
            host.Error.Write(DiagnosticPrinter.Print(read.Diagnostics, "text"));
        }

        return read.Value ?? throw new CommandFailedException(
            ExitCodes.PlanInvalid, "MFP5007", "The source could not be read; nothing was done.");

        InputFile Locate(string path) => new(path, loaded.Resolve(path));
    }
}
