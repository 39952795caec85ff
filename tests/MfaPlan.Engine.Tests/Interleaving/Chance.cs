namespace MfaPlan.Engine.Tests.Interleaving;

/// <summary>Draws from a seed (SplitMix64), so that a sequence is the same each time that it is run.</summary>
/// <param name="seed">The seed.</param>
internal sealed class Chance(ulong seed)
{
    private ulong _state = seed;

    /// <summary>A number from 0 to below <paramref name="below"/>.</summary>
    public int Below(int below)
    {
        _state += 0x9E3779B97F4A7C15;
        var mixed = _state;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return (int)((mixed ^ (mixed >> 31)) % (ulong)below);
    }

    /// <summary>True in so many of a hundred cases.</summary>
    public bool Percent(int share) => Below(100) < share;

    /// <summary>One of some.</summary>
    public T Of<T>(params ReadOnlySpan<T> some) => some[Below(some.Length)];
}
