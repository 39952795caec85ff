using System.Text;

namespace MfaPlan.Core.Journals;

/// <summary>Keeps many short ASCII texts without an object each.</summary>
internal sealed class ShortTexts
{
    private const int ChunkBits = 16;
    private const int ChunkLength = 1 << ChunkBits;
    private readonly List<byte[]> _chunks = [];
    private int _used = ChunkLength;

    /// <summary>Keeps a text of up to 255 bytes and tells where it is.</summary>
    /// <param name="text">The bytes.</param>
    /// <param name="place">Where an earlier text may be overwritten if it is as long; negative for none.</param>
    public int Put(ReadOnlySpan<byte> text, int place)
    {
        if (place >= 0 && Length(place) == text.Length)
        {
            text.CopyTo(At(place)[1..]);
            return place;
        }

        if (_used + 1 + text.Length > ChunkLength)
        {
            _chunks.Add(new byte[ChunkLength]);
            _used = 0;
        }

        var put = ((_chunks.Count - 1) << ChunkBits) | _used;
        var destination = At(put);
        destination[0] = checked((byte)text.Length);
        text.CopyTo(destination[1..]);
        _used += 1 + text.Length;
        return put;
    }

    /// <summary>The text of a place.</summary>
    public string Get(int place) => Encoding.UTF8.GetString(At(place).Slice(1, Length(place)));

    private int Length(int place) => At(place)[0];

    private Span<byte> At(int place) => _chunks[place >> ChunkBits].AsSpan(place & (ChunkLength - 1));
}
