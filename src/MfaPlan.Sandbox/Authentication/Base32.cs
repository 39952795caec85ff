namespace MfaPlan.Sandbox.Authentication;

/// <summary>The alphabet of seeds: a to z in either case, and 2 to 7; at most 128 characters (graph-api.md
/// 3.5).</summary>
internal static class Base32
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    public const int MaxLength = 128;

    /// <summary>The bytes, or null where a character is not of the alphabet; bits that fill no byte are
    /// dropped.</summary>
    public static byte[]? Decode(string text)
    {
        if (text.Length is 0 or > MaxLength)
        {
            return null;
        }

        var bytes = new List<byte>(text.Length * 5 / 8);
        var (buffer, bits) = (0, 0);
        foreach (var letter in text)
        {
            var value = Alphabet.IndexOf(char.ToUpperInvariant(letter), StringComparison.Ordinal);
            if (value < 0 || !char.IsAscii(letter))
            {
                return null;
            }

            buffer = ((buffer << 5) | value) & 0xFFF;
            bits += 5;
            if (bits >= 8)
            {
                bits -= 8;
                bytes.Add((byte)(buffer >> bits));
            }
        }

        return [.. bytes];
    }
}
