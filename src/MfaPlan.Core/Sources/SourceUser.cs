using System.Collections.Immutable;
using MfaPlan.Core.Matching;
using MfaPlan.Core.Privacy;

namespace MfaPlan.Core.Sources;

/// <summary>One record of MFA data, whatever file or service it came from.</summary>
/// <param name="Row">Where it stands in its source: the line of the file, from 1.</param>
/// <param name="Username">A UPN, a bare account name, or DOMAIN\name.</param>
/// <param name="Mode">The method in use there.</param>
/// <param name="TwoWay">Text messages were answered by text, which Entra does not offer.</param>
/// <param name="WithPin">The method asked for a PIN, which Entra does not keep.</param>
/// <param name="Primary">The first phone.</param>
/// <param name="Backup">The second phone.</param>
/// <param name="Enabled">Whether MFA was on for the user there.</param>
/// <param name="Sid">The account's security identifier; null when the source has none.</param>
public sealed record SourceUser(
    long Row,
    PersonalName Username,
    SourceMode Mode,
    bool TwoWay,
    bool WithPin,
    SourcePhone Primary,
    SourcePhone Backup,
    bool Enabled,
    SecurityId? Sid)
{
    /// <summary>The devices with the mobile app, in the order of the source; empty where the source lists none or cannot.</summary>
    public ImmutableArray<SourceDevice> Devices { get; init; } = [];

    /// <summary>The day the record is of, where the record itself says so.</summary>
    public DateOnly? AsOf { get; init; }

    /// <inheritdoc/>
    public bool Equals(SourceUser? other) =>
        other is not null
        && (Row, Username, Mode, TwoWay, WithPin, Enabled) == (other.Row, other.Username, other.Mode, other.TwoWay, other.WithPin, other.Enabled)
        && (Primary, Backup, Sid, AsOf) == (other.Primary, other.Backup, other.Sid, other.AsOf)
        && Devices.AsSpan().SequenceEqual(other.Devices.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Row, Username, Sid);
}
