using System.Collections.Immutable;
using System.Globalization;
using MfaPlan.Core.Approvals;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Evidence;
using MfaPlan.Core.Plans;
using MfaPlan.Engine.Approving;
using MfaPlan.Engine.Ports;

namespace MfaPlan.Engine.Evidence;

/// <summary>
/// Judges the approvals of a pack as the runner did: every signature against its document and the signers that the plan pins, and for every
/// run whether enough people had signed its change set when it began.
/// </summary>
/// <param name="needed">Plans and lists of signers.</param>
/// <param name="contents">What journal and change sets say.</param>
/// <param name="manifest">The manifest.</param>
/// <param name="signatures">Checks signatures.</param>
/// <param name="note">Takes what is wrong.</param>
internal sealed class ApprovalCheck(
    MissingNotes needed, PackContents contents, PackManifest manifest, SignaturesOf signatures, Action<EvidenceNote> note)
{
    /// <summary>How many runs were approved as their plan demands.</summary>
    public int Approved { get; private set; }

    /// <summary>Judges everything.</summary>
    /// <param name="paths">The files that there are; known paths.</param>
    /// <param name="files">The pack.</param>
    /// <param name="cancellationToken">Stops the check.</param>
    public async Task RunAsync(ImmutableArray<string> paths, IPackFiles files, CancellationToken cancellationToken)
    {
        var kept = new PackApprovals(paths, files, PackPaths.Approval);
        foreach (var run in contents.Runs)
        {
            var digest = run.Entry.Digest;
            if (needed.PlanOf(run.Entry.PlanDigest) is { } plan && StageId.TryParse(run.Entry.Stage) is { } stage
                && ApprovalDemand.Of(plan, run.Entry.PlanDigest, digest, stage) is { } demand
                && await JudgeAsync(kept, plan, demand, run.Entry.At, cancellationToken) is { } verdict)
            {
                Approved += verdict.Opens ? 1 : 0;
                if (!verdict.Opens)
                {
                    Broken(PackPaths.Approval(digest, ""), string.Create(
                        CultureInfo.InvariantCulture,
                        $"Judged by the time when run {run.Entry.RunId} began, {verdict.Signers} of {verdict.Needed} needed signatures count for its change set. {ReasonsOf(verdict.Opinions)}").TrimEnd());
                }
            }
        }

        foreach (var digest in PackPaths.In(paths, "approvals").Select(PackPaths.DigestOf).Distinct(StringComparer.Ordinal))
        {
            await CheckFormAsync(paths, kept, digest, cancellationToken);
        }
    }

    /// <summary>Signatures are to belong to their documents and to what they lie under, whether or not a run needed them.</summary>
    private async Task CheckFormAsync(ImmutableArray<string> paths, PackApprovals kept, string digest, CancellationToken cancellationToken)
    {
        SignedPairs.Check(PackPaths.In(paths, $"approvals/{digest}"), paths, PackApproval.Document, PackApproval.Signature, Broken);
        if (DemandOf(digest) is not (var plan, var demand))
        {
            return;
        }

        if (demand is null)
        {
            Unchecked(PackPaths.Approval(digest, ""), "The plan demands no such approval, so nobody says whose signature would count.");
            return;
        }

        var verdict = await JudgeAsync(kept, plan, demand, manifest.Written, cancellationToken);
        foreach (var opinion in verdict?.Opinions ?? [])
        {
            if (opinion.Flaw == ApprovalDiagnostics.Unreadable || opinion.Flaw == ApprovalDiagnostics.Broken || opinion.Flaw == ApprovalDiagnostics.OfAnother)
            {
                Broken(PackPaths.Approval(digest, opinion.Name + ".json"), opinion.Reason);
            }
        }
    }

    /// <summary>
    /// What was to be approved under a digest: a change set of the pack, one that a run carried out and the state has lost, or else what a plan lets its
    /// continuous migration do. Null where nothing can be said, which is noted.
    /// </summary>
    private (Plan Plan, ApprovalDemand? Demand)? DemandOf(string digest)
    {
        var set = contents.ChangeSets.FirstOrDefault(set => set.Digest == digest);
        var run = contents.Runs.FirstOrDefault(run => run.Entry.Digest == digest);
        if (set is null && run is null && needed.IsExcused(MissingPart.ChangeSet, digest))
        {
            Unchecked(PackPaths.Approval(digest, ""), "The change set is not in the pack, so whose signature would count for it is not known.");
            return null;
        }

        var planDigest = set?.Header.PlanDigest ?? run?.Entry.PlanDigest ?? digest;
        if (needed.PlanOf(planDigest) is not { } plan)
        {
            return null;
        }

        return (plan, (set?.Header.Stage ?? (run is null ? null : StageId.TryParse(run.Entry.Stage))) is { } stage
            ? ApprovalDemand.Of(plan, planDigest, digest, stage)
            : ApprovalDemand.OfSync(plan, digest, [], usersToday: 0));
    }

    /// <summary>The judgement; null where nothing could be judged, which is noted.</summary>
    private async Task<ApprovalVerdict?> JudgeAsync(
        PackApprovals kept, Plan plan, ApprovalDemand demand, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (needed.SignersOf(demand.PlanDigest, plan) is not { } allowed)
        {
            return null;
        }

        try
        {
            return await new ApprovalBook(kept, signatures(ApprovalText.Namespace, at), allowed).JudgeAsync(demand, at, cancellationToken);
        }
        catch (SigningException error)
        {
            needed.TellTool(error, "approvals", "an approval");
            return null;
        }
    }

    private static string ReasonsOf(ImmutableArray<ApprovalOpinion> opinions) =>
        string.Join(' ', opinions.Where(static opinion => !opinion.Counts).Select(static opinion => $"Approval {opinion.Name} does not count. {opinion.Reason}"));

    private void Broken(string place, string reason) => note(new EvidenceNote(EvidenceDiagnostics.ApprovalBroken, place, reason));

    private void Unchecked(string place, string reason) => note(new EvidenceNote(EvidenceDiagnostics.Unchecked, place, reason));
}
