using System.Collections.Immutable;
using System.Globalization;
using MfaPlan.Core.Approvals;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Evidence;
using MfaPlan.Core.Gates;
using MfaPlan.Core.Journals;
using MfaPlan.Core.Plans;
using MfaPlan.Engine.Gating;
using MfaPlan.Engine.Ports;

namespace MfaPlan.Engine.Evidence;

/// <summary>
/// Holds the gates of a pack against its plans, its attestations and its runs: what a plan asked, what people have signed, and that a wave began behind an
/// open gate, as the runner asks.
/// </summary>
/// <param name="plans">The plans of the pack.</param>
/// <param name="needed">Plans and lists of signers.</param>
/// <param name="contents">What journal and change sets say.</param>
/// <param name="manifest">The manifest.</param>
/// <param name="signatures">Checks signatures.</param>
/// <param name="note">Takes what is wrong.</param>
internal sealed class GateCheck(
    PlanCheck plans, MissingNotes needed, PackContents contents, PackManifest manifest, SignaturesOf signatures, Action<EvidenceNote> note)
{
    private const string Folder = "attestations";

    /// <summary>Judges everything.</summary>
    /// <param name="paths">The files that there are; known paths.</param>
    /// <param name="files">The pack.</param>
    /// <param name="cancellationToken">Stops the check.</param>
    public async Task RunAsync(ImmutableArray<string> paths, IPackFiles files, CancellationToken cancellationToken)
    {
        var kept = new PackApprovals(paths, files, PackPaths.Attestation);
        foreach (var gate in contents.Gates)
        {
            if (gate.Reading is { } reading)
            {
                await CheckReadingAsync(gate, reading, kept, cancellationToken);
            }
        }

        foreach (var run in contents.Runs)
        {
            CheckOrder(run);
        }

        var signed = PackPaths.In(paths, Folder);
        SignedPairs.Check(signed, paths, PackAttestation.Document, PackAttestation.Signature, Broken);
        foreach (var digest in signed.Select(PackPaths.DigestOf).Distinct(StringComparer.Ordinal))
        {
            await CheckFormAsync(digest, kept, cancellationToken);
        }
    }

    /// <summary>A wave or cut-over begins only behind the open gate of the last wave before it that moved anybody, judged in the same session. The end of the rollout has no gate of its own.</summary>
    private void CheckOrder(RunFacts run)
    {
        if (manifest.Format < ManifestText.WithGates || run.Entry.Purpose != RunPurpose.Apply || StageId.TryParse(run.Entry.Stage) is not { } stage || stage > StageId.CutOver
            || plans.PlanOf(run.Entry.PlanDigest) is not { } plan)
        {
            return;
        }

        var before = StageId.Of(plan).Where(earlier => earlier < stage && earlier.WaveName is not null).Reverse()
            .Where(earlier => run.Routed.Contains(earlier.Name, StringComparer.Ordinal)).Select(static earlier => earlier.Name).FirstOrDefault();
        var open = GateDecision.WordOf(GateResult.Open);
        if (before is not null && !(run.GatesBefore.TryGetValue(before, out var last) && last.Result == open && last.Epoch == run.Epoch))
        {
            note(new EvidenceNote(EvidenceDiagnostics.GateBroken, PackPaths.Runs, string.Create(
                CultureInfo.InvariantCulture, $"Run {run.Entry.RunId} of {stage.Name} began at line {run.Line}, and its session had not found the gate of {before} open.")));
        }
    }

    private async Task CheckReadingAsync(GateFacts gate, GateReading reading, PackApprovals kept, CancellationToken cancellationToken)
    {
        if (reading.Query.Tenant != manifest.Tenant)
        {
            note(new EvidenceNote(EvidenceDiagnostics.GateBroken, gate.Place, $"The reading of this gate is of another tenant: {reading.Query.Tenant:D}."));
            return;
        }

        var asking = plans.All.Where(one => GateQuestion.Asks(one.Plan, reading)).ToList();
        if (asking.Count == 0)
        {
            Unchecked(gate.Place, "No plan of the pack asks of this gate what its reading says was asked. Add the plan by which it was judged with --earlier.");
            return;
        }

        // The same terms may stand in several plans, under lists of signers that differ: one of them was the gate's.
        var flaws = new List<string>();
        foreach (var (digest, plan) in asking)
        {
            var (held, flaw) = await AnswersHoldAsync(reading, digest, plan, kept, cancellationToken);
            if (held || flaw is null)
            {
                return;
            }

            flaws.Add(flaw);
        }

        var excused = needed.IsExcused(MissingPart.Attestation, reading.Query.Routing?.Digest ?? "");
        note(new EvidenceNote(excused ? EvidenceDiagnostics.Unchecked : EvidenceDiagnostics.AttestationBroken, gate.Place, flaws[0]));
    }

    /// <summary>Whether attestations of the pack bear the answers of a reading out; else with the reason, or with none where that cannot be said and is noted.</summary>
    private async Task<(bool Held, string? Flaw)> AnswersHoldAsync(
        GateReading reading, string digest, Plan plan, PackApprovals kept, CancellationToken cancellationToken)
    {
        var (query, said) = (reading.Query, reading.Sample.Answers);
        if (query.Terms.Attest.IsEmpty)
        {
            return (true, null);
        }

        var opinions = ImmutableArray<AttestationOpinion>.Empty;
        if (query.Routing is { } routing && plan.Approvals is not null)
        {
            if (await JudgeAsync(digest, plan, kept, AttestationDemand.Of(query.Tenant, WaveOf(query), routing, query.Terms), query.Now, cancellationToken) is not { } judged)
            {
                return (false, null);
            }

            opinions = judged;
        }

        // Who signed in the minutes around the judgement may or may not have been counted: clocks differ by so much.
        foreach (var until in opinions.Select(static opinion => opinion.Terms?.At).OfType<DateTimeOffset>().Where(at => (at - query.Now).Duration() <= ApprovalJudge.ClockTolerance)
            .Append(query.Now).Append(DateTimeOffset.MaxValue).Append(DateTimeOffset.MinValue))
        {
            ImmutableArray<AttestationOpinion> by =
            [
                .. opinions.Where(opinion => opinion.Terms is not { At: var at } || at <= until || query.Now - at > ApprovalJudge.ClockTolerance),
            ];
            if (IsNoBetter(said, AttestationJudge.Answers(query.Terms.Attest, by)))
            {
                return (true, null);
            }
        }

        var there = AttestationJudge.Answers(query.Terms.Attest, opinions);
        return (false, $"The reading of this gate counts {Words(said)}; the attestations of the pack come to {Words(there)}.");
    }

    /// <summary>
    /// Whether a reading says nothing better than the attestations bear out. It may say worse: one that held the gate, because it could not be read or said no,
    /// may have been taken away since.
    /// </summary>
    private static bool IsNoBetter(ImmutableArray<GateAnswer> said, ImmutableArray<GateAnswer> there) =>
        said.Select(static answer => answer.Question).SequenceEqual(there.Select(static answer => answer.Question))
        && said.Zip(there).All(static pair => pair.First.Yes <= pair.Second.Yes && pair.First.No >= pair.Second.No && pair.First.Unreadable >= pair.Second.Unreadable);

    private static string Words(ImmutableArray<GateAnswer> answers) => string.Join(", ", answers.Select(static answer => string.Create(
        CultureInfo.InvariantCulture, $"{GateJudge.WordOf(answer.Question)} {answer.Yes} yes {answer.No} no")));

    /// <summary>A signature is to belong to its document and to the run that it lies under, whether or not a gate counted it.</summary>
    private async Task CheckFormAsync(string digest, PackApprovals kept, CancellationToken cancellationToken)
    {
        if (contents.Runs.FirstOrDefault(run => run.Entry.Digest == digest) is not { } run)
        {
            note(new EvidenceNote(EvidenceDiagnostics.FileForeign, PackPaths.Attestation(digest, ""), "No run of the journal carried out what these attest."));
            return;
        }

        if (needed.PlanOf(run.Entry.PlanDigest) is not { } plan)
        {
            return;
        }

        var routing = new GateRouting(run.Entry.RunId, digest, run.Entry.PlanDigest, IsOpen: false, run.Entry.At, run.Entry.At, 0, "");
        var demand = new AttestationDemand(manifest.Tenant, StageId.TryParse(run.Entry.Stage)?.WaveName ?? "", routing, run.Entry.At);
        foreach (var opinion in await JudgeAsync(run.Entry.PlanDigest, plan, kept, demand, manifest.Written, cancellationToken) ?? [])
        {
            if (opinion.Flaw == GateDiagnostics.Unreadable || opinion.Flaw == GateDiagnostics.Broken || opinion.Flaw == GateDiagnostics.OfAnother)
            {
                Broken(PackPaths.Attestation(digest, opinion.Name + PackAttestation.Document), opinion.Reason);
            }
        }
    }

    /// <summary>An opinion of each attestation of a run; null where nothing could be judged, which is noted.</summary>
    private async Task<ImmutableArray<AttestationOpinion>?> JudgeAsync(
        string planDigest, Plan plan, PackApprovals kept, AttestationDemand demand, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (needed.SignersOf(planDigest, plan) is not { } allowed)
        {
            return null;
        }

        try
        {
            return await new AttestationBook(kept, signatures(AttestationText.Namespace, at), allowed).JudgeAsync(demand, at, cancellationToken);
        }
        catch (SigningException error)
        {
            needed.TellTool(error, Folder, "an attestation");
            return null;
        }
    }

    private static string WaveOf(GateQuery query) => StageId.TryParse(query.Stage)?.WaveName ?? "";

    private void Broken(string place, string reason) => note(new EvidenceNote(EvidenceDiagnostics.AttestationBroken, place, reason));

    private void Unchecked(string place, string reason) => note(new EvidenceNote(EvidenceDiagnostics.Unchecked, place, reason));
}
