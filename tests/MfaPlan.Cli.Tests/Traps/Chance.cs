using CsCheck;

namespace MfaPlan.Cli.Tests.Traps;

/// <summary>Chance by a seed: the same draws on every machine.</summary>
/// <param name="seed">Printed with what was drawn.</param>
internal sealed class Chance(ulong seed)
{
    private readonly PCG _draws = new(1, seed);

    /// <summary>A number from 0 up to, and without, the bound.</summary>
    public int Below(int bound) => (int)_draws.Next((uint)bound);

    /// <summary>A number from the least to the most, both included.</summary>
    public int Between(int least, int most) => least + Below(most - least + 1);

    /// <summary>One of the choices.</summary>
    public T Of<T>(params ReadOnlySpan<T> choices) => choices[Below(choices.Length)];

    /// <summary>An object id, version 4 in form.</summary>
    public Guid Id()
    {
        Span<byte> bytes = stackalloc byte[16];
        BitConverter.TryWriteBytes(bytes, _draws.Next64());
        BitConverter.TryWriteBytes(bytes[8..], _draws.Next64());
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
