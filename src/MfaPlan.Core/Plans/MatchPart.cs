using System.Collections.Immutable;
using System.ComponentModel;

namespace MfaPlan.Core.Plans;

/// <summary>How users are matched with source records.</summary>
public sealed record MatchPart
{
    /// <summary>The rules, in order.</summary>
    [Description("The rules, in order.")]
    public ImmutableArray<MatchRule> Order { get; init; } = [MatchRule.Override, MatchRule.Upn, MatchRule.Sid, MatchRule.DomainSam, MatchRule.AdAttribute];

    /// <summary>A CSV with the columns entra and source.</summary>
    [Description("A CSV with the columns entra and source.")]
    public string? Overrides { get; init; }

    /// <summary>The attribute that rule adAttribute asks for.</summary>
    [Description("The attribute that rule adAttribute asks for.")]
    public string? AdAttribute { get; init; }

    /// <summary>What becomes of a match by name whose SIDs differ.</summary>
    [Description("What becomes of a match by name whose SIDs differ.")]
    public SidMismatch SidMismatch { get; init; } = SidMismatch.Refuse;

    /// <summary>How many users in scope may have no record.</summary>
    [Description("How many users in scope may have no record.")]
    public Misses? Misses { get; init; }
}
