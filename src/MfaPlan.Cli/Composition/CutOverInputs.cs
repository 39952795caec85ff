using MfaPlan.Core.Changes;
using MfaPlan.Core.CutOvers;
using MfaPlan.Core.Diagnostics;
using MfaPlan.Sources;

namespace MfaPlan.Cli.Composition;

/// <summary>What a cut-over is judged by besides plan and tenant: the file of exceptions and the tenant's day.</summary>
internal static class CutOverInputs
{
    /// <summary>Reads them, where the stage is the cut-over; problems go to the error stream.</summary>
    /// <param name="host">The world.</param>
    /// <param name="loaded">The plan.</param>
    /// <param name="stage">The stage that is asked for.</param>
    /// <param name="time">The tenant's clock.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public static async Task<CutOverTerms> ReadAsync(
        CliHost host, LoadedPlan loaded, StageId? stage, TimeProvider time, CancellationToken cancellationToken)
    {
        if (stage != StageId.CutOver)
        {
            return CutOverTerms.None;
        }

        var cutOver = loaded.Plan.CutOver ?? throw new CommandFailedException(
            ExitCodes.Refused, "MFP4070", "The plan has no cut-over. Add the part cutOver with the domains to switch.");
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        if (cutOver.Exceptions is not { } path)
        {
            return new CutOverTerms([], today);
        }

        var read = await CutOverExceptionsCsv.ReadAsync(new InputFile(path, loaded.Resolve(path)), cancellationToken);
        if (!read.Diagnostics.IsEmpty)
        {
            host.Error.Write(DiagnosticPrinter.Print(read.Diagnostics, "text"));
        }

        return read.Value is { } table
            ? new CutOverTerms(table.Exceptions, today) { File = new ChangeSetInput($"file {path}", table.Sha256, table.Exceptions.Length) }
            : throw new CommandFailedException(
                ExitCodes.PlanInvalid, "MFP4073", "The file of exceptions could not be read, so nobody knows whom it accepts; nothing was done.");
    }
}
