using MfaPlan.Core.Privacy;
using MfaPlan.Core.Sources.Tokens;
using MfaPlan.Sources.Tokens.Pskc;

namespace MfaPlan.Sources.Tokens;

/// <summary>A file with token seeds as a plan names it.</summary>
/// <param name="Path">The file.</param>
/// <param name="Format">Its kind; see <see cref="FormatOf"/> for what its name tells.</param>
public sealed record TokenFile(string Path, TokenFormat Format)
{
    /// <summary>The pre-shared key or password of a key container; null for a plain one.</summary>
    public Secret? Key { get; init; }

    /// <summary>A CSV file that says who holds which serial number; null when there is none.</summary>
    public string? Owners { get; init; }

    /// <summary>The headings of a CSV file, where they differ from Entra's.</summary>
    public TokenColumns? Columns { get; init; }

    /// <summary>The hash function to take where privacyIDEA's CSV does not name one.</summary>
    public TokenAlgorithm Algorithm { get; init; } = TokenAlgorithm.Sha1;

    /// <summary>How privacyIDEA's CSV writes seeds.</summary>
    public SeedEncoding Encoding { get; init; } = SeedEncoding.Hex;

    /// <summary>The kind that a file's name tells; CSV when it tells none.</summary>
    public static TokenFormat FormatOf(string path) => System.IO.Path.GetExtension(path).ToUpperInvariant() switch
    {
        ".PSKC" or ".PSKCXML" or ".XML" => TokenFormat.Pskc,
        ".OTPAUTH" or ".TXT" => TokenFormat.Otpauth,
        ".OATH" => TokenFormat.OathUsers,
        ".GOOGLE_AUTHENTICATOR" => TokenFormat.GoogleAuthenticator,
        _ => TokenFormat.Csv,
    };

    /// <summary>The source that reads it.</summary>
    public ITokenSource ToSource()
    {
        ITokenSource source = Format switch
        {
            TokenFormat.Pskc => new PskcFile(Path, Key),
            TokenFormat.Otpauth => new OtpauthFile(Path),
            TokenFormat.PrivacyIdea => new PrivacyIdeaCsv(Path, Encoding, Algorithm),
            TokenFormat.GoogleAuthenticator => new GoogleAuthenticatorFile(Path),
            TokenFormat.OathUsers => new OathUsersFile(Path),
            _ => new TokenCsv(Path, Columns),
        };
        return Owners is null ? source : new TokenOwners(source, Owners);
    }
}
