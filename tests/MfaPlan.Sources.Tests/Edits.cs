using CsCheck;

namespace MfaPlan.Sources.Tests;

/// <summary>A few changes to a file's bytes, as broken transfers, editors and hostile hands make them.</summary>
internal static class Edits
{
    /// <summary>One to six changes to a file.</summary>
    /// <param name="bytes">The file.</param>
    public static Gen<byte[]> Of(byte[] bytes) =>
        Gen.Select(Gen.Int[0, bytes.Length], Gen.Int[0, 5], Gen.Byte, Gen.Int[1, 40]).Array[1, 6]
            .Select(edits => edits.Aggregate(bytes, static (text, edit) => Change(text, edit.Item1, edit.Item2, edit.Item3, edit.Item4)));

    private static byte[] Change(byte[] text, int at, int how, byte with, int length)
    {
        var start = Math.Min(at, text.Length);
        var end = Math.Min(start + length, text.Length);
        return how switch
        {
            0 when start < text.Length => [.. text[..start], (byte)(text[start] ^ (1 << (with & 7))), .. text[(start + 1)..]],
            1 => [.. text[..start], with, .. text[start..]],
            2 => [.. text[..start], .. text[end..]],
            3 => [.. text[..end], .. text[start..]],
            4 => text[..start],
            _ => [.. text[start..], .. text[..start]],
        };
    }
}
