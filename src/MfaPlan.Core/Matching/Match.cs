using System.Collections.Immutable;
using MfaPlan.Core.Plans;
using MfaPlan.Core.Sources;

namespace MfaPlan.Core.Matching;

/// <summary>What matching found for one user of the tenant.</summary>
public abstract record Match
{
    private Match()
    {
    }

    /// <summary>One source record, and the rule that found it.</summary>
    public sealed record Found(SourceUser Source, MatchRule Rule) : Match;

    /// <summary>No record.</summary>
    public sealed record Miss : Match
    {
        /// <summary>The one value.</summary>
        public static readonly Miss Instance = new();
    }

    /// <summary>The name fits and the SID does not.</summary>
    public sealed record OtherSid(SourceUser Source) : Match;

    /// <summary>More than one record for the user, or more than one user for the record.</summary>
    /// <param name="Rows">Rows of the source that are in question.</param>
    /// <param name="Users">Object ids of the other users in question.</param>
    public sealed record NotUnique(ImmutableArray<long> Rows, ImmutableArray<Guid> Users) : Match;

    /// <summary>An override names a record that is not there.</summary>
    public sealed record OverrideWithoutRecord(long OverrideRow) : Match;
}
