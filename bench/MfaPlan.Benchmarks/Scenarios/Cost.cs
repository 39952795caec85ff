using System.Text.Json;

namespace MfaPlan.Benchmarks.Scenarios;

/// <summary>What one process cost, or several one after the other.</summary>
/// <param name="Wall">From start to end.</param>
/// <param name="Cpu">User and system time.</param>
/// <param name="Peak">The greatest resident memory, in bytes (VmHWM on Linux).</param>
/// <param name="Allocated">Bytes allocated on the managed heap.</param>
internal sealed record Cost(TimeSpan Wall, TimeSpan Cpu, long Peak, long Allocated)
{
    /// <summary>Nothing yet.</summary>
    public static readonly Cost None = new(TimeSpan.Zero, TimeSpan.Zero, 0, 0);

    /// <summary>One after the other.</summary>
    public Cost Then(Cost next) =>
        new(Wall + next.Wall, Cpu + next.Cpu, Math.Max(Peak, next.Peak), Allocated + next.Allocated);

    /// <summary>Reads what the process wrote at its end; a process that was killed wrote nothing.</summary>
    public static Cost Read(TimeSpan wall, string file)
    {
        if (!File.Exists(file))
        {
            return None with { Wall = wall };
        }

        using var line = JsonDocument.Parse(File.ReadLines(file).Last());
        return new Cost(
            wall,
            TimeSpan.FromSeconds(line.RootElement.GetProperty("cpuSeconds").GetDouble()),
            line.RootElement.GetProperty("peakWorkingSet").GetInt64(),
            line.RootElement.GetProperty("allocatedBytes").GetInt64());
    }
}
