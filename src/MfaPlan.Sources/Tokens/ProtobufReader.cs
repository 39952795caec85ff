namespace MfaPlan.Sources.Tokens;

/// <summary>
/// The fields of one protobuf message, in order. It allocates nothing and never leaves the bytes it was given, so a
/// hostile length costs nothing; what it cannot read ends it and is told.
/// </summary>
/// <param name="message">The bytes of the message.</param>
/// <seealso href="https://protobuf.dev/programming-guides/encoding/"/>
internal ref struct ProtobufReader(ReadOnlySpan<byte> message)
{
    private ReadOnlySpan<byte> _rest = message;

    /// <summary>The number of the current field.</summary>
    public int Number { get; private set; }

    /// <summary>Whether the current field holds bytes rather than a number.</summary>
    public bool IsBytes { get; private set; }

    /// <summary>The current field's number; 0 for bytes.</summary>
    public ulong Value { get; private set; }

    /// <summary>The current field's bytes; empty for a number.</summary>
    public ReadOnlySpan<byte> Bytes { get; private set; }

    /// <summary>Whether the message ended in the middle of a field.</summary>
    public bool IsDamaged { get; private set; }

    /// <summary>Moves to the next field; false at the end and at damage.</summary>
    public bool Next()
    {
        if (_rest.IsEmpty || IsDamaged)
        {
            return false;
        }

        var isRead = TryVarint(out var tag) && tag >> 3 is > 0 and <= 0x1FFFFFFF;
        Number = (int)(tag >> 3);
        Value = 0;
        Bytes = default;
        IsBytes = (tag & 7) == 2;
        isRead = isRead && (tag & 7) switch
        {
            0 => TryValue(),
            1 => TryTake(8, out _),
            2 => TryVarint(out var length) && TryBytes(length),
            5 => TryTake(4, out _),
            _ => false,
        };
        IsDamaged = !isRead;
        return isRead;
    }

    private bool TryValue()
    {
        var isRead = TryVarint(out var value);
        Value = value;
        return isRead;
    }

    private bool TryBytes(ulong length)
    {
        var isRead = TryTake(length, out var bytes);
        Bytes = bytes;
        return isRead;
    }

    private bool TryTake(ulong length, out ReadOnlySpan<byte> bytes)
    {
        bytes = default;
        if (length > (ulong)_rest.Length)
        {
            return false;
        }

        bytes = _rest[..(int)length];
        _rest = _rest[(int)length..];
        return true;
    }

    private bool TryVarint(out ulong value)
    {
        value = 0;
        for (var i = 0; i < 10 && i < _rest.Length; i++)
        {
            value |= (ulong)(_rest[i] & 0x7F) << (7 * i);
            if (_rest[i] < 0x80)
            {
                _rest = _rest[(i + 1)..];
                return true;
            }
        }

        return false;
    }
}
