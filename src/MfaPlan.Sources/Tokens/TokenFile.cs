using MfaPlan.Core.Privacy;
using MfaPlan.Core.Sources.Tokens;
using MfaPlan.Sources.Tokens.Pskc;

namespace MfaPlan.Sources.Tokens;

/// <summary>A file with token seeds as a plan names it.</summary>
/// <param name="File">The file.</param>
/// <param name="Format">Its kind; see <see cref="FormatOf"/> for what its name tells.</param>
public sealed record TokenFile(InputFile File, TokenFormat Format)
{
    /// <summary>The pre-shared key or password of a key container; null for a plain one.</summary>
    public Secret? Key { get; init; }

    /// <summary>A CSV file that says who holds which serial number; null when there is none.</summary>
    public InputFile? Owners { get; init; }

    /// <summary>The headings of a CSV file, where they differ from Entra's.</summary>
    public TokenColumns? Columns { get; init; }

    /// <summary>The hash function to take where privacyIDEA's CSV does not name one.</summary>
    public TokenAlgorithm Algorithm { get; init; } = TokenAlgorithm.Sha1;

    /// <summary>How privacyIDEA's CSV writes seeds.</summary>
    public SeedEncoding Encoding { get; init; } = SeedEncoding.Hex;

    /// <summary>The kind that a file's name tells; CSV when it tells none.</summary>
    public static TokenFormat FormatOf(string path) => Path.GetExtension(path).ToUpperInvariant() switch
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
            TokenFormat.Pskc => new PskcFile(File, Key),
            TokenFormat.Otpauth => new OtpauthFile(File),
            TokenFormat.PrivacyIdea => new PrivacyIdeaCsv(File, Encoding, Algorithm),
            TokenFormat.GoogleAuthenticator => new GoogleAuthenticatorFile(File),
            TokenFormat.OathUsers => new OathUsersFile(File),
            _ => new TokenCsv(File, Columns),
        };
        return Owners is null ? source : new TokenOwners(source, Owners);
    }
}
