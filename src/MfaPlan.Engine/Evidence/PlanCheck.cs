using System.Collections.Immutable;
using System.Security.Cryptography;
using MfaPlan.Core.Evidence;
using MfaPlan.Core.Plans;
using MfaPlan.Engine.Gating;
using MfaPlan.Engine.Ports;

namespace MfaPlan.Engine.Evidence;

/// <summary>The plans and lists of signers of a pack, each held against the digest that it is named by.</summary>
internal sealed class PlanCheck
{
    private const int LongestList = 1 << 20;

    private readonly Dictionary<string, Plan> _plans = new(StringComparer.Ordinal);
    private readonly Dictionary<string, byte[]> _signers = new(StringComparer.Ordinal);

    private PlanCheck()
    {
    }

    /// <summary>The plan of a digest; null where the pack has none that holds.</summary>
    public Plan? PlanOf(string digest) => _plans.GetValueOrDefault(digest);

    /// <summary>The plans that hold, in ordinal order of digest.</summary>
    public IEnumerable<(string Digest, Plan Plan)> All =>
        _plans.OrderBy(static plan => plan.Key, StringComparer.Ordinal).Select(static plan => (plan.Key, plan.Value));

    /// <summary>The list of signers that a plan pins; null where it pins none or the pack has none that holds.</summary>
    public byte[]? SignersOf(Plan? plan) => plan?.Approvals is { } approvals ? _signers.GetValueOrDefault(approvals.AllowedSigners.Sha256.ToLowerInvariant()) : null;

    /// <summary>Reads them.</summary>
    /// <param name="paths">The files that there are; known paths.</param>
    /// <param name="files">The pack.</param>
    /// <param name="named">The digests of plans that something in the pack names.</param>
    /// <param name="gates">The judgements of gates: a plan that asked what one of them answers belongs to the pack, too.</param>
    /// <param name="note">Takes what is wrong.</param>
    public static PlanCheck Read(ImmutableArray<string> paths, IPackFiles files, HashSet<string> named, ImmutableArray<GateFacts> gates, Action<EvidenceNote> note)
    {
        var check = new PlanCheck();
        foreach (var path in PackPaths.In(paths, "plans"))
        {
            check.AddPlan(path, Bytes(path, PlanReader.MaxBytes), note);
            CheckNamed(path, named.Contains(PackPaths.DigestOf(path)) || HasAsked(check.PlanOf(PackPaths.DigestOf(path))));
        }

        var pinned = check._plans.Values.Select(static plan => plan.Approvals?.AllowedSigners.Sha256.ToLowerInvariant()).ToHashSet(StringComparer.Ordinal);

        foreach (var path in PackPaths.In(paths, "signers"))
        {
            var bytes = Bytes(path, LongestList);
            if (IsNamedRight(path, bytes, note))
            {
                check._signers[PackPaths.DigestOf(path)] = bytes;
                CheckNamed(path, pinned.Contains(PackPaths.DigestOf(path)));
            }
        }

        return check;

        bool HasAsked(Plan? plan) => plan is not null && gates.Any(gate => gate.Reading is { } reading && GateQuestion.Asks(plan, reading));

        void CheckNamed(string path, bool isNamed)
        {
            if (!isNamed)
            {
                note(new EvidenceNote(EvidenceDiagnostics.FileForeign, path, "Nothing in the pack refers to it, so it is no evidence of anything."));
            }
        }

        byte[] Bytes(string path, int most)
        {
            using var stream = files.Open(path);
            return PackBytes.Read(stream, most);
        }
    }

    private void AddPlan(string path, byte[] bytes, Action<EvidenceNote> note)
    {
        var digest = PackPaths.DigestOf(path);
        if (path == PackPaths.MaskedPlan(digest))
        {
            note(new EvidenceNote(
                EvidenceDiagnostics.Unchecked, path,
                $"The names of users in this plan are masked, so its text does not give its digest. Compare the plan under version control: sha256sum gives {digest}."));
        }
        else if (!IsNamedRight(path, bytes, note))
        {
            return;
        }

        if (PlanReader.ReadBytes(path, bytes).Value is { } plan)
        {
            _plans[digest] = plan;
        }
        else
        {
            note(new EvidenceNote(EvidenceDiagnostics.Unchecked, path, "This version cannot read the plan, so what it demands is not known."));
        }
    }

    private static bool IsNamedRight(string path, byte[] bytes, Action<EvidenceNote> note)
    {
        var digest = Convert.ToHexStringLower(SHA256.HashData(bytes));
        if (digest != PackPaths.DigestOf(path))
        {
            note(new EvidenceNote(EvidenceDiagnostics.PlanBroken, path, $"Its SHA-256 is {digest}, not the one that it is named by."));
        }

        return digest == PackPaths.DigestOf(path);
    }
}
