using System.Collections.Immutable;
using System.Globalization;
using MfaPlan.Core.Approvals;
using MfaPlan.Core.Evidence;
using MfaPlan.Core.Plans;
using MfaPlan.Engine.Approving;
using MfaPlan.Engine.Ports;

namespace MfaPlan.Engine.Evidence;

/// <summary>
/// Judges the approvals of a pack as the runner did: every signature against its document and the signers that the plan pins, and for every
/// run whether enough people had signed its change set when it began.
/// </summary>
/// <param name="plans">The plans of the pack.</param>
/// <param name="contents">What journal and change sets say.</param>
/// <param name="manifest">The manifest.</param>
/// <param name="signatures">Checks signatures.</param>
/// <param name="note">Takes what is wrong.</param>
internal sealed class ApprovalCheck(
    PlanCheck plans, PackContents contents, PackManifest manifest, SignaturesOf signatures, Action<EvidenceNote> note)
{
    private readonly HashSet<string> _toldPlans = new(StringComparer.Ordinal);
    private bool _toldTool;

    /// <summary>How many runs were approved as their plan demands.</summary>
    public int Approved { get; private set; }

    /// <summary>Judges everything.</summary>
    /// <param name="paths">The files that there are; known paths.</param>
    /// <param name="files">The pack.</param>
    /// <param name="cancellationToken">Stops the check.</param>
    public async Task RunAsync(ImmutableArray<string> paths, IPackFiles files, CancellationToken cancellationToken)
    {
        var kept = new PackApprovals(paths, files);
        foreach (var run in contents.Runs)
        {
            var digest = run.Entry.Digest;
            if (PlanOf(run.Entry.PlanDigest) is { } plan && contents.ChangeSets.FirstOrDefault(set => set.Digest == digest) is { } set
                && ApprovalDemand.Of(plan, run.Entry.PlanDigest, digest, set.Header.Stage) is { } demand
                && await JudgeAsync(kept, plan, demand, run.Entry.At, cancellationToken) is { } verdict)
            {
                Approved += verdict.Opens ? 1 : 0;
                if (!verdict.Opens)
                {
                    Broken(PackPaths.Approval(digest, ""), string.Create(
                        CultureInfo.InvariantCulture,
                        $"When run {run.Entry.RunId} began, {verdict.Signers} of {verdict.Needed} needed signatures held for its change set. {ReasonsOf(verdict.Opinions)}").TrimEnd());
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
        foreach (var path in PackPaths.In(paths, $"approvals/{digest}"))
        {
            var (other, what) = path.EndsWith(".json", StringComparison.Ordinal)
                ? (Path.ChangeExtension(path, ".sig"), "There is no signature beside it.")
                : (Path.ChangeExtension(path, ".json"), "There is no document beside it.");
            if (!paths.Contains(other, StringComparer.Ordinal))
            {
                Broken(path, what);
            }
        }

        var set = contents.ChangeSets.FirstOrDefault(set => set.Digest == digest);
        var planDigest = set?.Header.PlanDigest ?? digest;
        if (PlanOf(planDigest) is not { } plan)
        {
            return;
        }

        ApprovalDemand? demand = set is null
            ? ApprovalDemand.OfSync(plan, digest, [], usersToday: 0)
            : ApprovalDemand.Of(plan, planDigest, digest, set.Header.Stage);
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

    /// <summary>The judgement; null where nothing could be judged, which is noted.</summary>
    private async Task<ApprovalVerdict?> JudgeAsync(
        PackApprovals kept, Plan plan, ApprovalDemand demand, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (plans.SignersOf(plan) is not { } allowed)
        {
            Missing(demand.PlanDigest, MissingPart.Signers, plan.Approvals!.AllowedSigners.Sha256.ToLowerInvariant(), "The allowed signers of this plan are not in the pack, so no approval is checked.");
            return null;
        }

        try
        {
            return await new ApprovalBook(kept, signatures(ApprovalText.Namespace, at), allowed).JudgeAsync(demand, at, cancellationToken);
        }
        catch (SigningException error)
        {
            if (!_toldTool)
            {
                Unchecked("approvals", $"No signature of an approval is checked. {error.Message}");
            }

            _toldTool = true;
            return null;
        }
    }

    private Plan? PlanOf(string digest)
    {
        var plan = plans.PlanOf(digest);
        if (plan is null)
        {
            Missing(digest, MissingPart.Plan, digest, "The plan is not in the pack, so whether its change sets were approved as it demands is not known. Add it with --earlier.");
        }

        return plan;
    }

    private void Missing(string plan, string what, string digest, string reason)
    {
        if (!_toldPlans.Add(plan))
        {
            return;
        }

        var excused = manifest.Missing.Any(part => part.What == what && part.Digest == digest);
        note(new EvidenceNote(
            excused ? EvidenceDiagnostics.Unchecked : EvidenceDiagnostics.PlanBroken, PackPaths.Plan(plan),
            excused ? reason : reason + " And nothing says why it was left out."));
    }

    private static string ReasonsOf(ImmutableArray<ApprovalOpinion> opinions) =>
        string.Join(' ', opinions.Where(static opinion => !opinion.Counts).Select(static opinion => $"Approval {opinion.Name} does not count. {opinion.Reason}"));

    private void Broken(string place, string reason) => note(new EvidenceNote(EvidenceDiagnostics.ApprovalBroken, place, reason));

    private void Unchecked(string place, string reason) => note(new EvidenceNote(EvidenceDiagnostics.Unchecked, place, reason));
}
