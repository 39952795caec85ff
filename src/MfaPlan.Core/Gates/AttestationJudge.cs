using System.Collections.Immutable;
using System.Globalization;
using MfaPlan.Core.Approvals;
using MfaPlan.Core.Diagnostics;
using MfaPlan.Core.Plans;

namespace MfaPlan.Core.Gates;

/// <summary>Which attestations count for a run of a wave, and what they come to. Decides everything but the arithmetic of a signature.</summary>
public static class AttestationJudge
{
    /// <summary>Judges attestations one by one.</summary>
    /// <param name="demand">Of what they are asked.</param>
    /// <param name="attestations">All that are kept for the run, in any order.</param>
    /// <param name="now">The later of the machine's and the tenant's time.</param>
    /// <returns>An opinion of each, by name.</returns>
    public static ImmutableArray<AttestationOpinion> Judge(AttestationDemand demand, IEnumerable<SignedAttestation> attestations, DateTimeOffset now) =>
        [.. attestations.OrderBy(static one => one.Name, StringComparer.Ordinal).Select(one => Of(demand, one, now))];

    /// <summary>
    /// The answers to the questions of a gate. Of one person's answers to a question the newest counts, and of two of one time the no. Two keys of one person are one,
    /// and so are two names that share a key; a no counts under each name.
    /// </summary>
    /// <param name="questions">The questions, in order.</param>
    /// <param name="opinions">What <see cref="Judge"/> gave.</param>
    public static ImmutableArray<GateAnswer> Answers(ImmutableArray<Attestation> questions, ImmutableArray<AttestationOpinion> opinions)
    {
        var unreadable = opinions.Count(static opinion => opinion.IsUnreadable);
        return [.. questions.Select(question => AnswerTo(question, opinions, unreadable))];
    }

    private static GateAnswer AnswerTo(Attestation question, ImmutableArray<AttestationOpinion> opinions, int unreadable)
    {
        var newest = opinions
            .Where(opinion => opinion.Counts && opinion.Terms!.Answers.ContainsKey(question))
            .GroupBy(static opinion => opinion.Terms!.Signer, StringComparer.OrdinalIgnoreCase)
            .Select(person => person.OrderByDescending(static opinion => opinion.Terms!.At).ThenBy(opinion => opinion.Terms!.Answers[question]).First())
            .ToLookup(opinion => opinion.Terms!.Answers[question]);
        return new GateAnswer(
            question,
            ApprovalJudge.People([.. newest[true].Select(static opinion => (opinion.Terms!.Signer, opinion.Key!))]),
            newest[false].Count(),
            unreadable);
    }

    private static AttestationOpinion Of(AttestationDemand demand, SignedAttestation attestation, DateTimeOffset now)
    {
        if (attestation is not SignedAttestation.Checked it)
        {
            return new AttestationOpinion(
                attestation.Name, null, null, GateDiagnostics.Unreadable, $"It cannot be read: {((SignedAttestation.Unreadable)attestation).Reason}.");
        }

        var (flaw, reason) = SignatureFlaw(it) ?? WhatFlaw(demand, it.Terms) ?? WhenFlaw(demand, it.Terms, now) ?? (null, "");
        return new AttestationOpinion(it.Name, it.Terms, it.Key, flaw, reason);
    }

    /// <summary>The signature first: what a document says is nobody's word before it holds.</summary>
    private static (DiagnosticDescriptor? Flaw, string Reason)? SignatureFlaw(SignedAttestation.Checked attestation) => attestation.Signature switch
    {
        SignatureCheck.Good good when good.Verified.Contains(attestation.Terms.Signer, StringComparer.Ordinal) => null,
        SignatureCheck.Good { Principals.IsEmpty: true } => (GateDiagnostics.NotAllowed,
            $"The key {attestation.Key} is not in the plan's allowed_signers, or not at this time."),
        SignatureCheck.Good => (GateDiagnostics.NotAllowed,
            $"The key {attestation.Key} may not sign as {attestation.Terms.Signer}, or not attestations (namespaces {AttestationText.Namespace})."),
        _ => (GateDiagnostics.Broken, "The signature does not belong to the document: one of them was changed after signing."),
    };

    private static (DiagnosticDescriptor? Flaw, string Reason)? WhatFlaw(AttestationDemand demand, AttestationTerms terms)
    {
        var other = terms switch
        {
            _ when terms.Tenant != demand.Tenant => "another tenant",
            _ when terms.Wave != demand.Wave => "another wave",
            _ when terms.Run != demand.Routing.Run || terms.Digest != demand.Routing.Digest || terms.PlanDigest != demand.Routing.PlanDigest =>
                "another run of the wave",
            _ => null,
        };
        return other is null ? null : (GateDiagnostics.OfAnother, $"It attests something else: {other}.");
    }

    private static (DiagnosticDescriptor? Flaw, string Reason)? WhenFlaw(AttestationDemand demand, AttestationTerms terms, DateTimeOffset now) => terms.At switch
    {
        // Attestations have whole seconds, and what was in effect within the second was so at its end. Differences: no instant plus a while may leave the calendar.
        var at when demand.Effective - at > TimeSpan.FromSeconds(1) => (GateDiagnostics.WrongTime, string.Create(
            CultureInfo.InvariantCulture,
            $"It was signed at {at.UtcDateTime:u}, and the wave may be in effect for everybody from {demand.Effective.UtcDateTime:u} only. Try it and sign after that.")),
        var at when at - now > ApprovalJudge.ClockTolerance => (GateDiagnostics.WrongTime, string.Create(
            CultureInfo.InvariantCulture, $"It was signed at {at.UtcDateTime:u}, which has not come yet.")),
        _ => null,
    };
}
