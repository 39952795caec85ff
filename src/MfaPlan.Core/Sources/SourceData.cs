using System.Collections.Immutable;
using MfaPlan.Core.Privacy;
using MfaPlan.Core.Sources.Tokens;

namespace MfaPlan.Core.Sources;

/// <summary>Everything read from the on-premises side for one plan.</summary>
/// <param name="Users">In order of row.</param>
/// <param name="DamagedRows">Rows that could not be read; each is named in the diagnostics, none is dropped silently.</param>
/// <param name="Overrides">Username of the source by user principal name or object id of the tenant, as the author wrote them.</param>
/// <param name="Inputs">SHA-256 (hex) of every file that was read, by the path in the plan.</param>
public sealed record SourceData(
    ImmutableArray<SourceUser> Users,
    int DamagedRows,
    ImmutableArray<MatchOverride> Overrides,
    ImmutableSortedDictionary<string, string> Inputs)
{
    /// <summary>Nothing: of stages that bring nothing over.</summary>
    public static SourceData None { get; } = new([], 0, [], ImmutableSortedDictionary<string, string>.Empty);

    /// <summary>OATH tokens, in order of file and row; not yet judged.</summary>
    public ImmutableArray<SourceToken> Tokens { get; init; } = [];
}

/// <summary>One row of the overrides file: this source user is that Entra user.</summary>
/// <param name="Row">The line of the file, from 1.</param>
/// <param name="Entra">User principal name or object id.</param>
/// <param name="Source">Username of the source record.</param>
public sealed record MatchOverride(long Row, PersonalName Entra, PersonalName Source);
