using System.Globalization;
using MfaPlan.Core.Plans;

namespace MfaPlan.Cli.Composition;

/// <summary>How long answers are awaited and how long a write may take to show.</summary>
/// <param name="RequestTimeout">How long an answer is awaited.</param>
/// <param name="SettleWindow">The replication lag that is reckoned with.</param>
internal sealed record ApplyTimes(TimeSpan RequestTimeout, TimeSpan SettleWindow)
{
    /// <summary>For the service: its calls may take 60 s, and what was written may take minutes to show.</summary>
    private static readonly ApplyTimes Service = new(TimeSpan.FromSeconds(100), TimeSpan.FromMinutes(5));

    /// <summary>For the sandbox, which answers at once and lags by seconds at most.</summary>
    private static readonly ApplyTimes Simulated = new(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(6));

    /// <summary>The times of a command: its options, else the environment, else what fits the tenant.</summary>
    public static ApplyTimes Of(CliHost host, string? requestTimeout, string? settleWindow, bool sandbox)
    {
        var usual = sandbox ? Simulated : Service;
        return new(
            Read("--request-timeout", requestTimeout ?? host.Setting("REQUEST_TIMEOUT")) ?? usual.RequestTimeout,
            Read("--settle-window", settleWindow ?? host.Setting("SETTLE_WINDOW")) ?? usual.SettleWindow);
    }

    private static TimeSpan? Read(string option, string? text)
    {
        if (text is null)
        {
            return null;
        }

        return Durations.TryParse(text, out var value) && value > TimeSpan.Zero
            ? value
            : throw new CommandFailedException(
                ExitCodes.WrongUsage, "MFP5005",
                string.Create(CultureInfo.InvariantCulture, $"{option} takes a duration such as 30s, 5m or 2h, not \"{text}\"."));
    }
}
