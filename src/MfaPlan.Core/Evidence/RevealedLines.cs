using System.Text.Json;

namespace MfaPlan.Core.Evidence;

/// <summary>Holds a change set in clear against its canonical form: they may differ in personal values only.</summary>
public static class RevealedLines
{
    /// <summary>The first line, from 1, in which something else differs; null when none does.</summary>
    /// <param name="canonical">The lines whose hash is the digest.</param>
    /// <param name="revealed">The lines in clear.</param>
    public static long? FirstOther(IEnumerable<ReadOnlyMemory<byte>> canonical, IEnumerable<ReadOnlyMemory<byte>> revealed)
    {
        using var clear = revealed.GetEnumerator();
        var at = 0L;
        foreach (var line in canonical)
        {
            at++;
            if (!clear.MoveNext() || !Fit(line, clear.Current))
            {
                return at;
            }
        }

        return clear.MoveNext() ? at + 1 : null;
    }

    private static bool Fit(ReadOnlyMemory<byte> canonical, ReadOnlyMemory<byte> revealed)
    {
        try
        {
            using var code = JsonDocument.Parse(canonical);
            using var clear = JsonDocument.Parse(revealed);
            return Fit(code.RootElement, clear.RootElement, "");
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // The second: an escape in it stands for half a character.
            return false;
        }
    }

    private static bool Fit(JsonElement code, JsonElement clear, string name) => (code.ValueKind, clear.ValueKind) switch
    {
        (JsonValueKind.Object, JsonValueKind.Object) => AllFit(code, clear),
        (JsonValueKind.Array, JsonValueKind.Array) => code.GetArrayLength() == clear.GetArrayLength()
            && code.EnumerateArray().Zip(clear.EnumerateArray()).All(static pair => Fit(pair.First, pair.Second, "")),
        (JsonValueKind.String, JsonValueKind.String) =>
            code.GetString() == clear.GetString() || (name is "name" or "before" or "after" or "v" && PackPaths.IsDigest(code.GetString()!)),
        _ => code.ValueKind == clear.ValueKind && code.GetRawText() == clear.GetRawText(),
    };

    private static bool AllFit(JsonElement code, JsonElement clear)
    {
        using var other = clear.EnumerateObject().GetEnumerator();
        foreach (var member in code.EnumerateObject())
        {
            if (!other.MoveNext() || other.Current.Name != member.Name || !Fit(member.Value, other.Current.Value, member.Name))
            {
                return false;
            }
        }

        return !other.MoveNext();
    }
}
