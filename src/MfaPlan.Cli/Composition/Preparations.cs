using System.Collections.Immutable;
using System.Runtime;
using MfaPlan.Core.Diagnostics;
using MfaPlan.Core.Plans;
using MfaPlan.Core.Sources;
using MfaPlan.Sources;
using MfaPlan.Sources.Tokens;
using TokenFile = MfaPlan.Sources.Tokens.TokenFile;

namespace MfaPlan.Cli.Composition;

/// <summary>Reads the on-premises side that a plan names.</summary>
internal static class Preparations
{
    private const int LargeSource = 50_000;

    /// <summary>Reads the source files; problems go to the error stream, and errors that leave nothing to go by end the command.</summary>
    public static async Task<SourceData> ReadSourceAsync(CliHost host, LoadedPlan loaded, CancellationToken cancellationToken)
    {
        var plan = loaded.Plan;
        var users = OnPremisesFiles.UsersOf(plan.Source, Locate) ?? throw new CommandFailedException(
            ExitCodes.Refused, "MFP5006", "This version does not read source.webService. Export the users to a file and name it under source.mfaServer.users.");
        var read = await OnPremisesFiles.ReadAsync(
            users, plan.Match.Overrides is { } overrides ? Locate(overrides) : null, cancellationToken);
        var tokens = await TokenFiles.ReadAsync(FilesOf(host, loaded), cancellationToken);
        ImmutableArray<Diagnostic> diagnostics = [.. read.Diagnostics, .. tokens.Diagnostics];
        if (!diagnostics.IsEmpty)
        {
            host.Error.Write(DiagnosticPrinter.Print(diagnostics, "text"));
        }

        GiveBack(read.Value?.Users.Length ?? 0);
        return (read.Value, tokens.Value) is ({ } data, { } seeds)
            ? data with { Tokens = seeds.Tokens, Inputs = data.Inputs.SetItems(seeds.Inputs) }
            : throw new CommandFailedException(
                ExitCodes.PlanInvalid, "MFP5007", "The source could not be read; nothing was done.");

        InputFile Locate(string path) => LocateIn(loaded, path);
    }

    private static InputFile LocateIn(LoadedPlan loaded, string path) => new(path, loaded.Resolve(path));

    /// <summary>
    /// Reading a large source leaves as much garbage as data. The collector feels no pressure and would keep it through the whole preview, whose
    /// memory is bounded by promise (docs/performance.md); one collection here takes a tenth of a second.
    /// </summary>
    private static void GiveBack(int users)
    {
        if (users > LargeSource)
        {
            GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }
    }

    /// <summary>The token files of the plan, those of the MFA Server first.</summary>
    private static IEnumerable<(string Name, TokenFile File)> FilesOf(CliHost host, LoadedPlan loaded)
    {
        foreach (var token in (loaded.Plan.Source.MfaServer?.Tokens ?? []).Concat(loaded.Plan.Source.Tokens))
        {
            yield return (token.File.Replace('\\', '/'), new TokenFile(LocateIn(loaded, token.File), FormatOf(token))
            {
                Key = token.Key is { } key ? Secrets.Read(host, loaded, key, "the key of a token file") : null,
                Owners = token.Owners is { } owners ? LocateIn(loaded, owners) : null,
            });
        }
    }

    private static TokenFormat FormatOf(Core.Plans.TokenFile token) => token.Format switch
    {
        null => TokenFile.FormatOf(token.File),
        TokenFileFormat.Pskc => TokenFormat.Pskc,
        TokenFileFormat.Otpauth => TokenFormat.Otpauth,
        TokenFileFormat.PrivacyIdea => TokenFormat.PrivacyIdea,
        TokenFileFormat.GoogleAuthenticator => TokenFormat.GoogleAuthenticator,
        TokenFileFormat.OathUsers => TokenFormat.OathUsers,
        _ => TokenFormat.Csv,
    };
}
