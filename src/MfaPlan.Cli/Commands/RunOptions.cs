using System.CommandLine;
using MfaPlan.Cli.Composition;

namespace MfaPlan.Cli.Commands;

/// <summary>The options of the commands that write: apply and rollback.</summary>
internal sealed class RunOptions
{
    public Argument<string> Plan { get; } = CommonOptions.Plan();

    public Option<string?> Sandbox { get; } = CommonOptions.Sandbox();

    public Option<string?> Record { get; } = CommonOptions.Record();

    public Option<bool> Reveal { get; } = CommonOptions.Reveal();

    public Option<bool> Json { get; } = CommonOptions.Json();

    public Option<bool> Yes { get; } = CommonOptions.Yes();

    public Option<string?> MaxAge { get; } = CommonOptions.MaxAge();

    public Option<string?> RequestTimeout { get; } = new("--request-timeout")
    {
        Description = "How long an answer is awaited (100s; 5s in the sandbox).",
        HelpName = "DURATION",
    };

    public Option<string?> SettleWindow { get; } = new("--settle-window")
    {
        Description = "How long a write may take to show before it counts as unconfirmed; nothing is sent a second time before it is over (5m; 6s in the sandbox).",
        HelpName = "DURATION",
    };

    public Option<double?> WritesPerSecond { get; } = new("--writes-per-second")
    {
        Description = "Writes a second at most, from 0.1 to 1000 (20: the published limit of 3,000 in 150 s; none in the sandbox).",
        HelpName = "N",
    };

    public void AddTo(Command command)
    {
        command.Add(Plan);
        foreach (var option in new Option[] { Sandbox, Record, Reveal, Json, Yes, MaxAge, RequestTimeout, SettleWindow, WritesPerSecond })
        {
            command.Add(option);
        }
    }

    public ConnectionSettings Connection(CliHost host, ParseResult parsed) => CommonOptions.Connection(host, parsed, Sandbox, Record) with
    {
        WritesPerSecond = parsed.GetValue(WritesPerSecond) is { } rate ? CommonOptions.InRange(rate, 0.1, 1000, "--writes-per-second") : null,
    };

    public ApplyTimes Times(CliHost host, ParseResult parsed, bool sandbox) =>
        ApplyTimes.Of(host, parsed.GetValue(RequestTimeout), parsed.GetValue(SettleWindow), sandbox);
}
