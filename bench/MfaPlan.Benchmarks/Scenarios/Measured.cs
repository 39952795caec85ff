using System.Diagnostics;
using MfaPlan.Cli;

namespace MfaPlan.Benchmarks.Scenarios;

/// <summary>
/// A process that is measured: it writes allocations, processor time and peak memory itself at its end (MFAPLAN_MEASURE), since the system
/// forgets them with the process. The wall clock is ours, start-up included. Disposing kills it if it still runs.
/// </summary>
internal sealed class Measured : IDisposable
{
    private readonly Process _process;
    private readonly string _measure;
    private readonly long _start;
    private readonly Task<string> _output;
    private readonly Task<string> _error;

    private Measured(Process process, string measure)
    {
        _process = process;
        _measure = measure;
        _start = TimeProvider.System.GetTimestamp();
        _output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        _error = process.StandardError.ReadToEndAsync(CancellationToken.None);
    }

    /// <summary>Whether it ended.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>Starts an executable.</summary>
    /// <param name="file">The executable.</param>
    /// <param name="folder">Where it works.</param>
    /// <param name="arguments">Its arguments.</param>
    public static Measured Start(string file, string folder, params IEnumerable<string> arguments)
    {
        var measure = Path.GetTempFileName();
        File.Delete(measure);
        var start = new ProcessStartInfo(file, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            Environment = { [Measurement.Variable] = measure, ["NO_COLOR"] = "1" },
        };
        return new Measured(Process.Start(start) ?? throw new InvalidOperationException($"{file} did not start."), measure);
    }

    /// <summary>Runs an executable to its end.</summary>
    public static async Task<Finished> RunAsync(string file, string folder, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        using var process = Start(file, folder, arguments);
        return await process.EndAsync(cancellationToken);
    }

    /// <summary>Ends it as the power cord would.</summary>
    public void Kill() => _process.Kill(entireProcessTree: true);

    /// <summary>Waits for its end.</summary>
    public async Task<Finished> EndAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        var wall = TimeProvider.System.GetElapsedTime(_start);
        return new Finished(_process.ExitCode, Cost.Read(wall, _measure), await _output, await _error);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
        File.Delete(_measure);
    }
}
