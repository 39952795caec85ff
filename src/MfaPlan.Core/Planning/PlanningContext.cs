using System.Collections.Immutable;
using MfaPlan.Core.Plans;
using MfaPlan.Core.Rules;
using MfaPlan.Core.Sealing;
using MfaPlan.Core.Sources;
using MfaPlan.Core.Sources.Tokens;
using MfaPlan.Core.Tenants;

namespace MfaPlan.Core.Planning;

/// <summary>What planning a user depends on besides the user.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Policy">The authentication methods policy, as seen.</param>
/// <param name="Administrators">Everybody who is or may become an administrator, as seen.</param>
/// <param name="BreakGlass">The accounts named in protect.breakGlass.</param>
/// <param name="NeverWrite">The groups named in protect.neverWrite with their members.</param>
/// <param name="DamagedRows">Rows of the source that could not be read.</param>
/// <param name="FingerprintKey">Keys the fingerprints of source records.</param>
public sealed record PlanningContext(
    Plan Plan,
    MethodsPolicy Policy,
    ImmutableHashSet<Guid> Administrators,
    ImmutableHashSet<Guid> BreakGlass,
    ImmutableArray<(string Group, ImmutableHashSet<Guid> Members)> NeverWrite,
    int DamagedRows,
    ValueKey FingerprintKey)
{
    /// <summary>The numbers that several records of the source have.</summary>
    public SharedNumbers Shared { get; init; } = SharedNumbers.None;

    /// <summary>The tokens of the source.</summary>
    public TokenBook Tokens { get; init; } = TokenBook.Empty;

    /// <summary>The parts of a user's authentication data that the plan needs; preferences only where a default may be set.</summary>
    public MethodParts Parts => Plan.Migrate.DefaultMethod == DefaultMethodMode.Leave
        ? MethodParts.Methods
        : MethodParts.Methods | MethodParts.Preferences;

    /// <summary>The day that a record is of, for people: its own, else that of the whole source.</summary>
    public string AsOf(SourceUser source) => (source.AsOf ?? Plan.Source.MfaServer?.AsOf ?? Plan.Source.Export?.AsOf) is { } day
        ? day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)
        : "an unknown day";
}
