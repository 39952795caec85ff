using System.Collections.Immutable;

namespace MfaPlan.Engine.Applying;

/// <summary>What an apply came to.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Digest">Its change set.</param>
/// <param name="Stop">Why it ended early, if it did.</param>
/// <param name="Outcomes">Changes by outcome, over the whole run.</param>
/// <param name="UnitsSettled">Units settled in this sitting.</param>
public sealed record ApplyResult(
    string RunId, string Digest, ApplyStop Stop, ImmutableSortedDictionary<string, long> Outcomes, long UnitsSettled)
{
    /// <summary>Whether every change is in place.</summary>
    public bool Complete => Stop == ApplyStop.None && Outcomes.Keys.All(static word => word is "applied" or "alreadyInPlace");
}
