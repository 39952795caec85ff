using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace MfaPlan.Core.Proofs;

/// <summary>Counts proofs as they pass, without keeping them.</summary>
public sealed class ProofTally
{
    private readonly Dictionary<LockoutVerdict, long> _byLockout = [];
    private readonly Dictionary<string, long> _byPolicy = new(StringComparer.Ordinal);
    private long _users;
    private long _gaps;
    private long _unknown;

    /// <summary>Counts a proof.</summary>
    public void Add(UserProof proof)
    {
        _users++;
        CollectionsMarshal.GetValueRefOrAddDefault(_byLockout, proof.Lockout, out _)++;
        if (proof.Lockout == LockoutVerdict.Disabled)
        {
            return;
        }

        switch (proof.Demand)
        {
            case MfaDemand.By by:
                CollectionsMarshal.GetValueRefOrAddDefault(_byPolicy, by.Policy.Label, out _)++;
                break;
            case MfaDemand.Gap:
                _gaps++;
                break;
            default:
                _unknown++;
                break;
        }
    }

    /// <summary>The counts so far.</summary>
    public ProofTotals Build() => new(
        _users,
        _byLockout.ToImmutableSortedDictionary(),
        _byPolicy.ToImmutableSortedDictionary(StringComparer.Ordinal),
        _gaps,
        _unknown);
}
