using System.Collections.Immutable;
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
    /// <summary>Reads the source files; problems go to the error stream, and errors that leave nothing to go by end the command.</summary>
    public static async Task<SourceData> ReadSourceAsync(CliHost host, LoadedPlan loaded, CancellationToken cancellationToken)
    {
        var plan = loaded.Plan;
        if (plan.Source.MfaServer?.Users is not { } export)
        {
            throw new CommandFailedException(
                ExitCodes.Refused, "MFP5006", "This version reads source.mfaServer.users only; the plan names another source.");
        }

        var read = await OnPremisesFiles.ReadAsync(
            loaded.Resolve(export), plan.Match.Overrides is { } overrides ? loaded.Resolve(overrides) : null, cancellationToken);
        var tokens = await TokenFiles.ReadAsync(FilesOf(host, loaded), cancellationToken);
        ImmutableArray<Diagnostic> diagnostics = [.. read.Diagnostics, .. tokens.Diagnostics];
        if (!diagnostics.IsEmpty)
        {
            host.Error.Write(DiagnosticPrinter.Print(diagnostics, "text"));
        }

        var source = (read.Value, tokens.Value) is ({ } users, { } seeds)
            ? users with { Tokens = seeds.Tokens, Inputs = users.Inputs.SetItems(seeds.Inputs) }
            : throw new CommandFailedException(
                ExitCodes.PlanInvalid, "MFP5007", "The source could not be read; nothing was done.");

        // By the plan's own paths: a change set must not depend on where a checkout lies.
        return source with
        {
            Inputs = source.Inputs.ToImmutableSortedDictionary(
                input => Path.GetRelativePath(loaded.Folder, input.Key).Replace('\\', '/'), static input => input.Value, StringComparer.Ordinal),
        };
    }

    /// <summary>The token files of the plan, those of the MFA Server first.</summary>
    private static IEnumerable<(string Name, TokenFile File)> FilesOf(CliHost host, LoadedPlan loaded)
    {
        foreach (var token in (loaded.Plan.Source.MfaServer?.Tokens ?? []).Concat(loaded.Plan.Source.Tokens))
        {
            yield return (token.File.Replace('\\', '/'), new TokenFile(loaded.Resolve(token.File), FormatOf(token))
            {
                Key = token.Key is { } key ? Secrets.Read(host, loaded, key, "the key of a token file") : null,
                Owners = token.Owners is { } owners ? loaded.Resolve(owners) : null,
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
