namespace MfaPlan.Sandbox.Faults;

/// <summary>Chance that repeats: the same seed, ordinal and purpose give the same draw.</summary>
internal static class Chance
{
    public const ulong Throttle = 1;
    public const ulong ServerError = 2;
    public const ulong Drop = 3;
    public const ulong EmptyPage = 4;
    public const ulong BatchOrder = 5;

    public static bool Hits(double rate, long seed, long ordinal, ulong purpose) =>
        rate > 0 && Draw(seed, ordinal, purpose) < rate;

    /// <summary>A number from 0 up to 1.</summary>
    public static double Draw(long seed, long ordinal, ulong purpose) =>
        (Mix(Mix(unchecked((ulong)seed)) ^ Mix(unchecked((ulong)ordinal) * 31 + purpose)) >> 11) / (double)(1UL << 53);

    /// <summary>SplitMix64's finalizer.</summary>
    private static ulong Mix(ulong value)
    {
        unchecked
        {
            value += 0x9E3779B97F4A7C15;
            value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
            value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
            return value ^ (value >> 31);
        }
    }
}
