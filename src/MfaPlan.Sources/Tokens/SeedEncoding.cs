namespace MfaPlan.Sources.Tokens;

/// <summary>How a file writes seeds.</summary>
public enum SeedEncoding
{
    /// <summary>RFC 4648 Base32, any case, padded or not.</summary>
    Base32 = 0,

    /// <summary>Hexadecimal, any case.</summary>
    Hex = 1,
}
