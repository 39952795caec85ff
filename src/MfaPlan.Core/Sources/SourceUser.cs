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
    SecurityId? Sid);
