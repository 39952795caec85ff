using MfaPlan.Core.Evidence;
using MfaPlan.Core.Plans;
using MfaPlan.Engine.Ports;

namespace MfaPlan.Engine.Evidence;

/// <summary>The plans and lists of signers that signatures of a pack are judged by; says once what is not there, and whether the writer said so.</summary>
/// <param name="plans">The plans of the pack.</param>
/// <param name="manifest">The manifest.</param>
/// <param name="note">Takes what is missing.</param>
internal sealed class MissingNotes(PlanCheck plans, PackManifest manifest, Action<EvidenceNote> note)
{
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);

    /// <summary>The plan of a digest; null where the pack has none that holds, which is noted.</summary>
    public Plan? PlanOf(string digest)
    {
        var plan = plans.PlanOf(digest);
        if (plan is null)
        {
            Tell(digest, MissingPart.Plan, digest, "The plan is not in the pack, so whether its change sets were approved as it demands is not known. Add it with --earlier.");
        }

        return plan;
    }

    /// <summary>The list of signers that a plan pins; null where it pins none or the pack has none that holds, the latter of which is noted.</summary>
    public byte[]? SignersOf(string digest, Plan plan)
    {
        var signers = plans.SignersOf(plan);
        if (signers is null && plan.Approvals is { } approvals)
        {
            Tell(digest, MissingPart.Signers, approvals.AllowedSigners.Sha256.ToLowerInvariant(), "The allowed signers of this plan are not in the pack, so no signature is checked.");
        }

        return signers;
    }

    /// <summary>Says once that signatures cannot be checked.</summary>
    public void TellTool(SigningException error, string place, string what)
    {
        if (_told.Add(place))
        {
            note(new EvidenceNote(EvidenceDiagnostics.Unchecked, place, $"No signature of {what} is checked. {error.Message}"));
        }
    }

    /// <summary>Whether the writer said that it did not have something.</summary>
    public bool IsExcused(string what, string digest) => manifest.Missing.Any(part => part.What == what && part.Digest == digest);

    private void Tell(string plan, string what, string digest, string reason)
    {
        if (!_told.Add(plan))
        {
            return;
        }

        var excused = IsExcused(what, digest);
        note(new EvidenceNote(
            excused ? EvidenceDiagnostics.Unchecked : EvidenceDiagnostics.PlanBroken, PackPaths.Plan(plan),
            excused ? reason : reason + " And nothing says why it was left out."));
    }
}
