using System.Buffers;

namespace MfaPlan.Core.Journals;

/// <summary>
/// What texts the journal may keep. Three kinds: words made by us (ids, digests, fingerprints); names given by the
/// plan's author; codes given by the service, which nobody vouches for. None of the alphabets can spell a mail address
/// or a number in international form.
/// </summary>
internal static class JournalText
{
    /// <summary>Stands for a code that could hold something personal.</summary>
    public const string Unlisted = "unlisted";

    private const int LongestWord = 200;
    private const int ShortestNumber = 7;

    private static readonly SearchValues<char> WordCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._:/-");

    private static readonly SearchValues<char> FingerprintCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=_-");

    private static readonly SearchValues<char> NotInNames = SearchValues.Create("@+\"\\<>&");

    /// <summary>Refuses what is no word: ASCII letters, digits, and <c>._:/-</c>.</summary>
    /// <exception cref="ArgumentException">It is none.</exception>
    public static void Word(string text, string member)
    {
        if (!IsWord(text))
        {
            throw new ArgumentException($"The journal keeps no such text as {member}.", member);
        }
    }

    /// <summary>
    /// Refuses what is no author's name: up to 200 characters without control characters, <c>@</c> and <c>+</c>.
    /// </summary>
    /// <exception cref="ArgumentException">It is none.</exception>
    public static void Name(string text, string member)
    {
        if (text.Length is 0 or > LongestWord || text.AsSpan().ContainsAny(NotInNames) || text.Any(char.IsControl))
        {
            throw new ArgumentException($"The journal keeps no such name as {member}.", member);
        }
    }

    /// <summary>
    /// Refuses what is no keyed fingerprint: <c>f</c>, the version, a colon, base64 or hexadecimal digits.
    /// </summary>
    /// <exception cref="ArgumentException">It is none.</exception>
    public static void Fingerprint(string text, string member)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 2 || text[0] != 'f' || text.Length - colon < 16 || text.Length > LongestWord
            || text.AsSpan(1, colon - 1).ContainsAnyExceptInRange('0', '9')
            || text.AsSpan(colon + 1).ContainsAnyExcept(FingerprintCharacters))
        {
            throw new ArgumentException($"The journal keeps no such text as {member}.", member);
        }
    }

    /// <summary>
    /// A service's code as it may be kept: verbatim when it is a word without a long number, else
    /// <see cref="Unlisted"/>.
    /// </summary>
    public static string Code(string text) => IsWord(text) && !HasNumber(text) ? text : Unlisted;

    /// <summary>A service's request id as it may be kept: a GUID or a code; null for anything else.</summary>
    public static string? Request(string? text) =>
        text is not null && (Guid.TryParseExact(text, "D", out _) || (IsWord(text) && !HasNumber(text))) ? text : null;

    private static bool IsWord(string text) => text.Length is > 0 and <= LongestWord && !text.AsSpan().ContainsAnyExcept(WordCharacters);

    private static bool HasNumber(string text)
    {
        var digits = 0;
        foreach (var character in text)
        {
            digits = char.IsAsciiDigit(character) ? digits + 1 : 0;
            if (digits >= ShortestNumber)
            {
                return true;
            }
        }

        return false;
    }
}
