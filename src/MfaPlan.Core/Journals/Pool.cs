namespace MfaPlan.Core.Journals;

/// <summary>
/// Keeps one value for equal bytes and stands for it by a number: half a million units have a few dozen different
/// outcomes.
/// </summary>
internal sealed class Pool<T>
{
    private readonly List<T> _values = [];
    private readonly Dictionary<byte[], int> _numbers = new(BytesComparer.Instance);
    private readonly Dictionary<byte[], int>.AlternateLookup<ReadOnlySpan<byte>> _lookup;

    /// <summary>An empty pool.</summary>
    public Pool() => _lookup = _numbers.GetAlternateLookup<ReadOnlySpan<byte>>();

    /// <summary>Makes a value of the bytes that it was asked for.</summary>
    public delegate T Maker(ReadOnlySpan<byte> bytes);

    /// <summary>The value of a number.</summary>
    public T this[int number] => _values[number];

    /// <summary>The number of the value that some bytes stand for.</summary>
    /// <param name="key">What equal values have equal.</param>
    /// <param name="bytes">What the value is made of.</param>
    /// <param name="make">Makes it when it is new.</param>
    public int NumberOf(ReadOnlySpan<byte> key, ReadOnlySpan<byte> bytes, Maker make)
    {
        if (_lookup.TryGetValue(key, out var number))
        {
            return number;
        }

        _values.Add(make(bytes));
        _lookup[key] = _values.Count - 1;
        return _values.Count - 1;
    }
}
