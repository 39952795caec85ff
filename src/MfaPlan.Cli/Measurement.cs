using System.Diagnostics;
using System.Text.Json;

namespace MfaPlan.Cli;

/// <summary>What a process cost from start to end, as one line of JSON in the file that the environment names: for benchmarks, off otherwise.</summary>
internal static class Measurement
{
    /// <summary>The environment variable with the file's name.</summary>
    public const string Variable = "MFAPLAN_MEASURE";

    /// <summary>Appends the line.</summary>
    /// <param name="file">The file; null or empty measures nothing.</param>
    public static void Append(string? file)
    {
        if (string.IsNullOrEmpty(file))
        {
            return;
        }

        using var process = Process.GetCurrentProcess();
        var line = JsonSerializer.Serialize(new
        {
            allocatedBytes = GC.GetTotalAllocatedBytes(precise: true),
            peakWorkingSet = process.PeakWorkingSet64,
            cpuSeconds = process.TotalProcessorTime.TotalSeconds,
        });
        File.AppendAllText(file, line + "\n");
    }
}
