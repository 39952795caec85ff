using System.Collections.Immutable;

namespace MfaPlan.Core.Changes;

/// <summary>Counts over the units of a change set; what the first screen, the limits and the guards go by.</summary>
public sealed record Totals
{
    /// <summary>No units.</summary>
    public static readonly Totals None = new();

    /// <summary>Users in scope.</summary>
    public long Users { get; init; }

    /// <summary>Users with at least one change.</summary>
    public long Changed { get; init; }

    /// <summary>Changes, all together.</summary>
    public long Changes { get; init; }

    /// <summary>Values in Entra that a change replaces by another or takes out.</summary>
    public long Overwrites { get; init; }

    /// <summary>Administrators with at least one change.</summary>
    public long Administrators { get; init; }

    /// <summary>Guests with at least one change.</summary>
    public long Guests { get; init; }

    /// <summary>Changed users whom the stage would leave without a usable method.</summary>
    public long LeftWithout { get; init; }

    /// <summary>Users without a usable method, before as after.</summary>
    public long PoorAsBefore { get; init; }

    /// <summary>Users whose usable methods, after the stage, are phones alone.</summary>
    public long PhoneOnly { get; init; }

    /// <summary>Users of whom nothing is known.</summary>
    public long Unknown { get; init; }

    /// <summary>Users matched with a source record.</summary>
    public long Matched { get; init; }

    /// <summary>Source records that nobody in scope claims.</summary>
    public long Leftover { get; init; }

    /// <summary>Changes by id.</summary>
    public ImmutableSortedDictionary<string, long> ByChange { get; init; } = ImmutableSortedDictionary.Create<string, long>(StringComparer.Ordinal);

    /// <summary>Findings by code.</summary>
    public ImmutableSortedDictionary<string, long> ByFinding { get; init; } = ImmutableSortedDictionary.Create<string, long>(StringComparer.Ordinal);

    /// <summary>How many units have a finding of a code.</summary>
    public long Of(string code) => ByFinding.GetValueOrDefault(code);
}
