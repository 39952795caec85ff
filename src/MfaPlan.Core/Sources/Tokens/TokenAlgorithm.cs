namespace MfaPlan.Core.Sources.Tokens;

/// <summary>The hash function inside a token.</summary>
public enum TokenAlgorithm
{
    /// <summary>The source does not say, or says something that no standard knows.</summary>
    Unknown = 0,

    /// <summary>HMAC-SHA-1, the default of RFC 4226 and 6238.</summary>
    Sha1 = 1,

    /// <summary>HMAC-SHA-256.</summary>
    Sha256 = 2,

    /// <summary>HMAC-SHA-512, which Entra does not take.</summary>
    Sha512 = 3,

    /// <summary>HMAC-MD5, which only Google Authenticator's export can name.</summary>
    Md5 = 4,
}
