using MfaPlan.Core.Diagnostics;
using MfaPlan.Core.Sources.Tokens;
using MfaPlan.Sources.Tokens;

namespace MfaPlan.Sources.Tests.Tokens;

/// <summary>The seed of the RFCs, and shorthand for tests.</summary>
public static class Seeds
{
    /// <summary>ASCII <c>12345678901234567890</c>.</summary>
    public const string Rfc = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    public const string RfcHex = "3132333435363738393031323334353637383930";

    public static string Text(this TokenSeed seed) => seed.Secret.Reveal(static text => text);

    public static TokenSeed Of(string base32, TokenAlgorithm algorithm = TokenAlgorithm.Sha1, int digits = 6, int interval = 30) =>
        Base32.TryRead(base32, out var secret)
            ? new TokenSeed(1, "1", secret, null, null, interval, digits, algorithm, TokenKind.Totp, new("alice"))
            : throw new ArgumentException("No Base32.", nameof(base32));

    public static async Task<Checked<TokenTable>> ReadAsync(string text, Func<InputFile, ITokenSource> source)
    {
        using var file = new TemporaryFile(text);
        return await source(file.Input).ReadAsync(TestContext.Current.CancellationToken);
    }
}
