namespace MfaPlan.Sources.Tokens;

/// <summary>
/// The headings under which a vendor's CSV file keeps its columns. Case, spaces, hyphens and underscores do not count,
/// so <c>timeinterval</c> is found without a mapping.
/// </summary>
/// <param name="Upn">The owner; the column may be absent.</param>
/// <param name="Serial">The serial number; must be there.</param>
/// <param name="Secret">The seed; must be there.</param>
/// <param name="Interval">Seconds; 30 when absent.</param>
/// <param name="Manufacturer">May be absent.</param>
/// <param name="Model">May be absent.</param>
/// <param name="Algorithm">The hash function; SHA-1 when absent.</param>
/// <param name="Digits">Digits of a code; 6 when absent.</param>
/// <param name="Encoding">How seeds are written.</param>
public sealed record TokenColumns(
    string Upn = "upn",
    string Serial = "serial number",
    string Secret = "secret key",
    string Interval = "time interval",
    string Manufacturer = "manufacturer",
    string Model = "model",
    string Algorithm = "hash function",
    string Digits = "digits",
    SeedEncoding Encoding = SeedEncoding.Base32);
