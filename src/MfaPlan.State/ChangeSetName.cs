namespace MfaPlan.State;

/// <summary>How change sets are named: by their digest.</summary>
internal static class ChangeSetName
{
    /// <summary>How the names end.</summary>
    public const string Extension = ".mfachanges";

    private const int ShortestDigest = 16;
    private const int LongestDigest = 128;

    /// <summary>The name of a digest's change set.</summary>
    public static string Of(string digest) => digest + Extension;

    /// <summary>Whether a text can be a digest, and so part of a name.</summary>
    public static bool IsDigest(string text) => text.Length is >= ShortestDigest and <= LongestDigest
        && text.All(char.IsAsciiHexDigitLower);
}
