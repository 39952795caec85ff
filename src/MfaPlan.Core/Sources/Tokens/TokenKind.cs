namespace MfaPlan.Core.Sources.Tokens;

/// <summary>What makes a token's codes change.</summary>
public enum TokenKind
{
    /// <summary>A vendor's own method.</summary>
    Other = 0,

    /// <summary>Time (RFC 6238).</summary>
    Totp = 1,

    /// <summary>A counter (RFC 4226).</summary>
    Hotp = 2,
}
