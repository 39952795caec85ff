using System.Globalization;
using MfaPlan.Core.Approvals;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Journals;
using MfaPlan.Engine.Approving;
using MfaPlan.Engine.ChangeSets;
using MfaPlan.Engine.Ports;

namespace MfaPlan.Cli.Composition;

/// <summary>Lets through what the plan's signers approved, and everything where the plan demands no approval.</summary>
/// <param name="host">The world.</param>
/// <param name="loaded">The plan.</param>
/// <param name="state">Where approvals are.</param>
internal sealed class ApprovalGate(CliHost host, LoadedPlan loaded, IStateStore state)
{
    private ApprovalBook? _book;

    /// <summary>The plan's approvals, once it is known that allowed_signers is the pinned one.</summary>
    public ApprovalBook Book => _book ??= new ApprovalBook(state.Approvals, new SshKeygen(host, ApprovalText.Namespace), PinnedSigners.Read(loaded));

    /// <summary>What the plan demands for a change set; null when it demands nothing.</summary>
    public ApprovalDemand.ForChangeSet? DemandOf(string digest, ChangeSetHeader header) =>
        ApprovalDemand.Of(loaded.Plan, loaded.Digest, digest, header.Stage);

    /// <summary>The newest change set of this plan, as it and the journal are now, that is approved; null when there is none.</summary>
    /// <param name="ledger">What the journal says.</param>
    /// <param name="now">The later of the machine's and the tenant's time.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    public async Task<string?> NewestAsync(Ledger ledger, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (loaded.Plan.Approvals is null)
        {
            return null;
        }

        foreach (var digest in await state.ListChangeSetsAsync(cancellationToken))
        {
            if ((await state.Approvals.ListAsync(digest, cancellationToken)).IsEmpty
                || await HeaderAsync(digest, cancellationToken) is not { Purpose: ChangeSetPurpose.Apply, Forecast: false } header
                || header.PlanDigest != loaded.Digest
                || header.ClosedRuns != ledger.ClosedRuns)
            {
                continue;
            }

            if ((await Book.JudgeAsync(DemandOf(digest, header)!, now, cancellationToken)).Opens)
            {
                return digest;
            }
        }

        return null;
    }

    /// <summary>Ends the command where the plan demands approvals and the change set has too few.</summary>
    /// <param name="digest">The change set's digest.</param>
    /// <param name="header">Its header.</param>
    /// <param name="open">The open run that is gone on with: what was approved when it began stays so.</param>
    /// <param name="now">The later of the machine's and the tenant's time.</param>
    /// <param name="cancellationToken">Stops the check.</param>
    public async Task RequireAsync(
        string digest, ChangeSetHeader header, RunRecord? open, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (DemandOf(digest, header) is not { } demand)
        {
            return;
        }

        if (open is not null && (await Book.JudgeAsync(demand, open.At, cancellationToken)).Opens)
        {
            return;
        }

        var verdict = await Book.JudgeAsync(demand, now, cancellationToken);
        if (!verdict.Opens)
        {
            throw Refusal(demand, verdict);
        }
    }

    /// <summary>The refusal of what is not approved, under the code of the first flaw, with what to run.</summary>
    private CommandFailedException Refusal(ApprovalDemand.ForChangeSet demand, ApprovalVerdict verdict)
    {
        var flaws = verdict.Opinions.Where(static opinion => !opinion.Counts).ToList();
        var code = flaws is [var first, ..] ? first.Flaw!.Code : ApprovalDiagnostics.Missing.Code;
        var reasons = string.Concat(flaws.Select(static opinion => $"Approval {opinion.Name} does not count. {opinion.Reason} "));
        var not = demand.Author is { } author ? $", not {author}," : "";
        return new CommandFailedException(ExitCodes.Refused, code, string.Create(
            CultureInfo.InvariantCulture,
            $"{reasons}{verdict.Signers} of {verdict.Needed} needed signatures hold for this change set, and nothing was written. "
            + $"Have somebody of {loaded.Plan.Approvals!.AllowedSigners.File}{not} review it and run: mfaplan approve {demand.Digest[..12]} --plan {loaded.Path}"));
    }

    private async Task<ChangeSetHeader?> HeaderAsync(string digest, CancellationToken cancellationToken)
    {
        await using var stream = await state.OpenChangeSetAsync(digest, cancellationToken);
        try
        {
            return stream is null ? null : ChangeSetFile.Lines(stream, state).FirstOrDefault() is ChangeSetLine.Head head ? head.Header : null;
        }
        catch (ChangeSetBrokenException)
        {
            return null;
        }
    }
}
