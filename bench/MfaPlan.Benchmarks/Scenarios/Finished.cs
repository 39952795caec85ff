namespace MfaPlan.Benchmarks.Scenarios;

/// <summary>A process that ended.</summary>
/// <param name="ExitCode">How.</param>
/// <param name="Cost">What it took.</param>
/// <param name="Output">Its standard output.</param>
/// <param name="Error">Its standard error.</param>
internal sealed record Finished(int ExitCode, Cost Cost, string Output, string Error)
{
    /// <summary>The same process, which must have ended well.</summary>
    /// <exception cref="InvalidOperationException">It did not.</exception>
    public Finished OrFail() => ExitCode == 0
        ? this
        : throw new InvalidOperationException($"The process ended with {ExitCode}.\n{Output[..Math.Min(Output.Length, 4000)]}\n{Error}");
}
