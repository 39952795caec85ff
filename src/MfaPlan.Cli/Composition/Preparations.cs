using System.Collections.Immutable;
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
        if (plan.Source.MfaServer?.Users is not { } users)
        {
            throw new CommandFailedException(
                ExitCodes.Refused, "MFP5006", "This version reads source.mfaServer.users only; the plan names another source.");
        }

        var read = await OnPremisesFiles.ReadAsync(
            loaded.Resolve(users), plan.Match.Overrides is { } overrides ? loaded.Resolve(overrides) : null, cancellationToken);
        if (!read.Diagnostics.IsEmpty)
        {
            host.Error.Write(DiagnosticPrinter.Print(read.Diagnostics, "text"));
        }

        var source = read.Value ?? throw new CommandFailedException(
            ExitCodes.PlanInvalid, "MFP5007", "The source could not be read; nothing was done.");

        // By the plan's own paths: a change set must not depend on where a checkout lies.
        return source with
        {
            Inputs = source.Inputs.ToImmutableSortedDictionary(
                input => Path.GetRelativePath(loaded.Folder, input.Key).Replace('\\', '/'), static input => input.Value, StringComparer.Ordinal),
        };
    }
}
