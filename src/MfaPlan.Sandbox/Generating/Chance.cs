namespace MfaPlan.Sandbox.Generating;

/// <summary>
/// Chance that is the same on every machine and for every size of company: user i draws the same numbers whether
/// there are a thousand users or half a million. SplitMix64 (Steele, Lea, Flood 2014).
/// </summary>
internal struct Chance(ulong seed, ulong stream)
{
    private ulong _state = seed ^ (stream * 0xD1342543DE82EF95);

    /// <summary>True in so many of a thousand cases.</summary>
    public bool PerMille(int share) => Below(1000) < share;

    /// <summary>A number from 0 up to, and without, the bound.</summary>
    public int Below(int bound) => (int)((Next() >> 33) % (uint)bound);

    /// <summary>One of the choices.</summary>
    public T Of<T>(ReadOnlySpan<T> choices) => choices[Below(choices.Length)];

    /// <summary>So many decimal digits.</summary>
    public string Digits(int count) => string.Create(count, this, static (span, chance) =>
    {
        foreach (ref var digit in span)
        {
            digit = (char)('0' + chance.Below(10));
        }
    });

    /// <summary>An object id: version 4 in form.</summary>
    public Guid Id()
    {
        Span<byte> bytes = stackalloc byte[16];
        BitConverter.TryWriteBytes(bytes, Next());
        BitConverter.TryWriteBytes(bytes[8..], Next());
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    private ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        var mixed = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }
}
