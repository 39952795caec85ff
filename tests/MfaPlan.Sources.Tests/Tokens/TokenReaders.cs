using System.Collections.Immutable;
using MfaPlan.Core.Diagnostics;
using MfaPlan.Core.Privacy;
using MfaPlan.Sources.Tokens;
using MfaPlan.Sources.Tokens.Pskc;

namespace MfaPlan.Sources.Tests.Tokens;

/// <summary>Every reader of tokens, by the name of its folder in <c>Tokens/corpus</c>.</summary>
internal static class TokenReaders
{
    private const string SeedsOfOwners = $"serial number,secret key\n1,{Seeds.Rfc}\n2,{Seeds.Rfc}\n";

    public static ImmutableSortedDictionary<string, Func<InputFile, ITokenSource>> All { get; } = new Dictionary<string, Func<InputFile, ITokenSource>>
    {
        ["tokenCsv"] = static file => new TokenCsv(file),
        ["pskc"] = static file => new PskcFile(file),
        ["pskcKey"] = static file => new PskcFile(file, new Secret(PskcSamples.PreSharedKey)),
        ["pskcPassword"] = static file => new PskcFile(file, new Secret(PskcSamples.Password)),
        ["otpauth"] = static file => new OtpauthFile(file),
        ["privacyIdea"] = static file => new PrivacyIdeaCsv(file),
        ["googleAuthenticator"] = static file => new GoogleAuthenticatorFile(file, new PersonalName("bob")),
        ["oathUsers"] = static file => new OathUsersFile(file),
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>Reads bytes as a reader's file; <c>owners</c> beside two seeds.</summary>
    public static async Task<Checked<TokenTable>> ReadAsync(string reader, byte[] bytes, CancellationToken cancel)
    {
        using var file = new TemporaryFile(bytes);
        if (reader != "owners")
        {
            return await All[reader](file.Input).ReadAsync(cancel);
        }

        using var seeds = new TemporaryFile(SeedsOfOwners);
        return await new TokenOwners(new TokenCsv(new InputFile("seeds.csv", seeds.Path)), file.Input).ReadAsync(cancel);
    }
}
