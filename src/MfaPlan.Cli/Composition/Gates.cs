using MfaPlan.Cli.Rendering;
using MfaPlan.Core.Diagnostics;
using MfaPlan.Core.Gates;
using MfaPlan.Engine.Gating;
using MfaPlan.Engine.Ports;
using MfaPlan.Sources;
using MfaPlan.Sources.SignIns;

namespace MfaPlan.Cli.Composition;

/// <summary>What is needed to judge a plan's gates.</summary>
internal static class Gates
{
    /// <summary>The gate of a wave, or of the only one; ends the command where the plan has none of the name.</summary>
    /// <param name="loaded">The plan.</param>
    /// <param name="wave">The wave's name; null for the only one.</param>
    public static GateQuestion QuestionOf(LoadedPlan loaded, string? wave)
    {
        var names = loaded.Plan.Rollout?.Waves.Select(static one => one.Name).ToList() ?? [];
        wave ??= names is [var only] ? only : null;
        return (wave is null ? null : GateQuestion.Of(loaded.Plan, wave)) ?? throw new CommandFailedException(
            ExitCodes.WrongUsage, "MFP5291", names.Count == 0
                ? "The plan has no waves, so it has no gates. Add the part rollout to it."
                : $"{(wave is null ? "Say whose gate it is." : $"The plan has no wave \"{wave}\".")} Give --wave with one of: {string.Join(", ", names)}.");
    }

    /// <summary>The keeper of a plan's gates. Signers are read only where people are asked, and ends the command where they are not the pinned ones.</summary>
    public static GateKeeper KeeperOf(CliHost host, LoadedPlan loaded, IStateStore state, GateTerms terms, TimeProvider time) =>
        new(state, terms.Attest.IsEmpty || loaded.Plan.Approvals is null ? null : BookOf(host, loaded, state), time);

    /// <summary>The plan's attestations.</summary>
    public static AttestationBook BookOf(CliHost host, LoadedPlan loaded, IStateStore state) =>
        new(state.Approvals, new SshKeygen(host, AttestationText.Namespace), PinnedSigners.Read(loaded));

    /// <summary>An export of the sign-in log; ends the command where it cannot be read.</summary>
    /// <param name="host">The world.</param>
    /// <param name="path">The path as the user gave it.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public static async Task<ISignInLog> FileAsync(CliHost host, string path, CancellationToken cancellationToken)
    {
        var read = await SignInFile.OpenAsync(new InputFile(PlainText.Of(path), host.FullPath(path)), cancellationToken);
        host.Error.Write(DiagnosticPrinter.Print(read.Diagnostics, "text"));
        return read.Value ?? throw new CommandFailedException(
            ExitCodes.Failed, "MFP5290", $"The sign-ins of {path} cannot be used, so no gate was judged.");
    }
}
