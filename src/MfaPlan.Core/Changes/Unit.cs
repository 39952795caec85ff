using System.Collections.Immutable;
using MfaPlan.Core.Privacy;

namespace MfaPlan.Core.Changes;

/// <summary>
/// All ordered changes of one target, with what was found about it. A unit without changes says that its target was
/// looked at and is to stay as it is.
/// </summary>
/// <param name="Id">The target.</param>
/// <param name="Stage">The stage that carries it out.</param>
/// <param name="Changes">In the order in which they are sent.</param>
/// <param name="Findings">In the order of the rules.</param>
public sealed record Unit(UnitId Id, StageId Stage, ImmutableArray<Change> Changes, ImmutableArray<Finding> Findings)
{
    /// <summary>The user's principal name; none for other targets.</summary>
    public PersonalName? Name { get; init; }

    /// <summary>The line of the source record that was matched; 0 when none was.</summary>
    public long SourceRow { get; init; }

    /// <summary>The rule that found the source record; null when none did.</summary>
    public string? MatchedBy { get; init; }

    /// <summary>The user's enabled administrator role was seen, active or eligible.</summary>
    public bool Administrator { get; init; }

    /// <summary>The user is a guest.</summary>
    public bool Guest { get; init; }

    /// <summary>Why nothing is known of the target; null when it was read. A unit that is unknown has no changes.</summary>
    public string? Unknown { get; init; }

    /// <summary>Whether the user can answer an MFA demand; null for other targets and where nothing is known.</summary>
    public Usability? Usability { get; init; }

    /// <summary>The keyed fingerprint of the source record and of the settings that decided; null when no record was matched, or
    /// when something of it waits and the user is to be looked at again.</summary>
    public string? SourceFingerprint { get; init; }

    /// <summary>The serial numbers of the hardware tokens that the changes are about, each once.</summary>
    public ImmutableArray<string> TokenSerials() =>
        [.. Changes.OfType<Change.OfToken>().Select(static step => step.Token.Serial).Distinct(StringComparer.OrdinalIgnoreCase)];

    /// <inheritdoc/>
    public bool Equals(Unit? other) =>
        other is not null && Id == other.Id && Stage == other.Stage && Name == other.Name && SourceRow == other.SourceRow
        && MatchedBy == other.MatchedBy && Administrator == other.Administrator && Guest == other.Guest && Unknown == other.Unknown
        && Usability == other.Usability && SourceFingerprint == other.SourceFingerprint
        && Changes.AsSpan().SequenceEqual(other.Changes.AsSpan()) && Findings.AsSpan().SequenceEqual(other.Findings.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Id, Stage, Changes.Length, Findings.Length);
}
