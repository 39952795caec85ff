using System.Collections.Immutable;

namespace MfaPlan.Core.Gates;

/// <summary>What a gate came to.</summary>
/// <param name="Result">The worst of the criteria.</param>
/// <param name="Criteria">One for each thing that is asked.</param>
/// <param name="HoldUntil">When it is worth judging again, where time alone is missing; else null.</param>
public sealed record GateDecision(GateResult Result, ImmutableArray<GateCriterion> Criteria, DateTimeOffset? HoldUntil)
{
    /// <summary>Whether the next stage may begin.</summary>
    public bool IsOpen => Result == GateResult.Open;

    /// <summary>The result's word in the journal.</summary>
    public string Word => WordOf(Result);

    /// <summary>A result's word in the journal and in documents.</summary>
    public static string WordOf(GateResult result) => result switch
    {
        GateResult.Open => "open",
        GateResult.Closed => "closed",
        _ => "notYetKnown",
    };

    /// <summary>The result of a word; one that is not known is not yet known.</summary>
    public static GateResult ResultOf(string word) => word switch
    {
        "open" => GateResult.Open,
        "closed" => GateResult.Closed,
        _ => GateResult.NotYetKnown,
    };

    /// <inheritdoc/>
    public bool Equals(GateDecision? other) =>
        other is not null && Result == other.Result && HoldUntil == other.HoldUntil && Criteria.AsSpan().SequenceEqual(other.Criteria.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Result, Criteria.Length, HoldUntil);
}

/// <summary>One thing that a gate asks.</summary>
/// <param name="Name">Its name: that of the plan's setting, <c>routing</c> or <c>signIns</c>; with a question or method behind a slash.</param>
/// <param name="Result">How it stands.</param>
/// <param name="Is">What is there, for people.</param>
/// <param name="Asked">What is asked, for people.</param>
/// <param name="Reason">What is missing or wrong and what to do; empty where it is open.</param>
/// <param name="OpensAt">When it opens, where time alone is missing.</param>
public sealed record GateCriterion(string Name, GateResult Result, string Is, string Asked, string Reason, DateTimeOffset? OpensAt = null);
