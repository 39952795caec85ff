using System.Collections.Immutable;

namespace MfaPlan.Core.Sources.Tokens;

/// <summary>Which tokens Entra can take as hardware OATH tokens; the others are findings, not errors.</summary>
/// <seealso href="https://learn.microsoft.com/entra/identity/authentication/concept-authentication-oath-tokens"/>
public static class TokenEligibility
{
    /// <summary>The codes change by a counter.</summary>
    public const string Hotp = "token.hotp";

    /// <summary>The codes are made by a vendor's own method.</summary>
    public const string OtherKind = "token.otherKind";

    /// <summary>The sign-in pages take six digits.</summary>
    public const string Digits = "token.digits";

    /// <summary>The hash function is neither SHA-1 nor SHA-256.</summary>
    public const string Algorithm = "token.algorithm";

    /// <summary>The hash function is not known; a guess would make a token whose codes never fit.</summary>
    public const string AlgorithmUnknown = "token.algorithmUnknown";

    /// <summary>The interval is neither 30 nor 60 seconds.</summary>
    public const string Interval = "token.interval";

    /// <summary>The seed is longer than 128 Base32 characters.</summary>
    public const string SecretTooLong = "token.secretTooLong";

    /// <summary>Nobody is known to hold it.</summary>
    public const string NoOwner = "token.noOwner";

    /// <summary>It has no serial number.</summary>
    public const string NoSerial = "token.noSerial";

    /// <summary>Another token of the same source has its serial number.</summary>
    public const string SerialTwice = "token.serialTwice";

    /// <summary>Judges one token by itself.</summary>
    /// <returns>The first reason against it, weightiest first; null when it can be taken.</returns>
    public static string? Check(TokenSeed seed) => seed switch
    {
        { Kind: TokenKind.Hotp } => Hotp,
        { Kind: not TokenKind.Totp } => OtherKind,
        { Digits: not 6 } => Digits,
        { Algorithm: TokenAlgorithm.Unknown } => AlgorithmUnknown,
        { Algorithm: not (TokenAlgorithm.Sha1 or TokenAlgorithm.Sha256) } => Algorithm,
        { IntervalSeconds: not (30 or 60) } => Interval,
        _ when seed.Secret.Reveal(static text => text.Length) > 128 => SecretTooLong,
        { Owner: null } => NoOwner,
        { Serial: null or "" } => NoSerial,
        _ => null,
    };

    /// <summary>Judges the tokens of a source together, which also shows serial numbers that stand twice.</summary>
    /// <returns>The reason against each token, in the order of the tokens; null where it can be taken.</returns>
    public static ImmutableArray<string?> CheckAll(IReadOnlyCollection<TokenSeed> seeds)
    {
        var twice = seeds
            .Where(static seed => !string.IsNullOrEmpty(seed.Serial))
            .GroupBy(static seed => seed.Serial ?? "", StringComparer.OrdinalIgnoreCase)
            .Where(static group => group.Skip(1).Any())
            .Select(static group => group.Key)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        return [.. seeds.Select(seed => Check(seed) ?? (twice.Contains(seed.Serial ?? "") ? SerialTwice : null))];
    }
}
