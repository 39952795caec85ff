using MfaPlan.Core.Privacy;

namespace MfaPlan.Core.Sources.Tokens;

/// <summary>One OATH token as a source describes it, with the seed that its codes are made from.</summary>
/// <param name="Row">Where it stands in its source: the line of the file, from 1.</param>
/// <param name="Serial">The serial number; null when the source has none.</param>
/// <param name="Secret">The seed in the form that <see cref="Base32"/> calls canonical.</param>
/// <param name="Manufacturer">Who made the token; null when the source does not say.</param>
/// <param name="Model">Its model; null when the source does not say.</param>
/// <param name="IntervalSeconds">How long a code is shown; meaningless for a counter.</param>
/// <param name="Digits">Digits of a code.</param>
/// <param name="Algorithm">The hash function inside.</param>
/// <param name="Kind">What makes its codes change.</param>
/// <param name="Owner">Who holds it, in the words of the source; null when the source does not say.</param>
public sealed record TokenSeed(
    long Row,
    string? Serial,
    Secret Secret,
    string? Manufacturer,
    string? Model,
    int IntervalSeconds,
    int Digits,
    TokenAlgorithm Algorithm,
    TokenKind Kind,
    PersonalName? Owner)
{
    /// <summary>
    /// The same token with a serial number. One that has none of its own, such as an app's, gets one made from its
    /// fingerprint, so that the next run finds in the tenant what this one made.
    /// </summary>
    public TokenSeed Numbered(TokenFingerprint fingerprint) =>
        string.IsNullOrEmpty(Serial) ? this with { Serial = $"MFAPLAN-{fingerprint.Hex[..16]}" } : this;
}
