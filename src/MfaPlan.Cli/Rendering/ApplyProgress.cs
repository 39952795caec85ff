using System.Globalization;
using System.Text.Json;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Reports;
using MfaPlan.Engine.Applying;

namespace MfaPlan.Cli.Rendering;

/// <summary>Tells an apply as it goes: a line that renews itself on a terminal, one line a minute elsewhere, and every unit that needs a person.</summary>
/// <param name="host">The world.</param>
/// <param name="units">Units with changes.</param>
/// <param name="reveal">Whether personal data is shown in clear.</param>
internal sealed class ApplyProgress(CliHost host, long units, bool reveal)
{
    private readonly Lock _gate = new();
    private readonly long _started = host.Time.GetTimestamp();
    private long _told = host.Time.GetTimestamp();
    private long _settled;
    private long _earlier;
    private long _throttled;
    private int _waiting;

    /// <summary>Takes an event in.</summary>
    public void On(ApplyEvent happened)
    {
        lock (_gate)
        {
            switch (happened)
            {
                case ApplyEvent.Started started:
                    _earlier = _settled = started.Settled;
                    host.Error.WriteLine(started.Resumed
                        ? string.Create(CultureInfo.InvariantCulture,
                            $"Going on with run {started.RunId}: {started.Settled} of {started.Units} units are settled.")
                        : string.Create(CultureInfo.InvariantCulture, $"Run {started.RunId} begins: {started.Units} units."));
                    break;
                case ApplyEvent.UnitEnded ended:
                    _settled++;
                    TellExceptions(ended);
                    TellProgress();
                    break;
                case ApplyEvent.Waiting waiting when _waiting++ == 0:
                    host.Error.WriteLine(string.Create(CultureInfo.InvariantCulture,
                        $"Units that were begun earlier are looked at until {waiting.Until:HH:mm:ss} UTC, when sending again is safe."));
                    break;
                case ApplyEvent.Throttled:
                    _throttled++;
                    break;
            }
        }
    }

    /// <summary>Tells the end.</summary>
    public void Finish(ApplyResult result, bool json)
    {
        if (host.IsInteractive)
        {
            host.Error.Write("\r\u001b[K");
        }

        if (json)
        {
            host.Out.WriteLine(JsonSerializer.Serialize(
                new ApplyDocument(1, result.RunId, result.Digest, Word(result), result.UnitsSettled, result.Outcomes), ApplyJson.Default.ApplyDocument));
            return;
        }

        host.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"Run {result.RunId}: {Word(result)}. Units settled now: {result.UnitsSettled}. Changes: {Counts(result)}."));
        host.Out.WriteLine(result.Stop switch
        {
            ApplyStop.MaxUsers => "The number of users for this sitting is reached; run apply again to go on under the same digest.",
            ApplyStop.TooManyMoved => "More users moved since the preview than limits.moved allows. Look at them, then run apply again to go on, or --abandon and preview again.",
            ApplyStop.Cancelled => "Stopped. What was begun was seen through; run apply again to go on.",
            ApplyStop.UnitsOpen => "Some units could not be read and stay open. Run apply again.",
            _ when !result.Complete => "Not everything is in place; the units above say why. Mend the cause and apply again.",
            _ => "Everything is in place.",
        });
    }

    private static string Word(ApplyResult result) => result.Complete ? "complete" : "incomplete";

    private static string Counts(ApplyResult result) => result.Outcomes.IsEmpty
        ? "none"
        : string.Join(", ", result.Outcomes.Select(static pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key} {pair.Value}")));

    private void TellExceptions(ApplyEvent.UnitEnded ended)
    {
        if (ended.Outcomes.All(static change => change.Is.IsInPlace))
        {
            return;
        }

        var user = UserReport.Of(ended.Unit, reveal);
        foreach (var change in ended.Outcomes)
        {
            var why = change.Is switch
            {
                ChangeOutcome.Drifted => "MFP4010 drifted: somebody changed it since the preview; it was left as it is",
                ChangeOutcome.Refused refused => $"MFP4011 refused by the tenant: {PlainText.Of(refused.Code)} (request {refused.Request ?? "unknown"})",
                ChangeOutcome.Unconfirmed => "MFP4012 unconfirmed: sent, but not seen in place before the settle window ended",
                ChangeOutcome.Blocked blocked => $"MFP4013 blocked by {PlainText.Of(blocked.By)}",
                _ => null,
            };
            if (why is not null)
            {
                host.Error.WriteLine($"{PlainText.Of(user.Name)} {user.Id} {change.Id}: {why}");
            }
        }
    }

    private void TellProgress()
    {
        var every = host.IsInteractive ? TimeSpan.FromMilliseconds(250) : TimeSpan.FromMinutes(1);
        if (host.Time.GetElapsedTime(_told) < every)
        {
            return;
        }

        _told = host.Time.GetTimestamp();
        var elapsed = host.Time.GetElapsedTime(_started).TotalSeconds;
        var rate = (_settled - _earlier) / Math.Max(elapsed, 0.001);
        var left = TimeSpan.FromSeconds(Math.Round((units - _settled) / Math.Max(rate, 0.001)));
        var line = string.Create(CultureInfo.InvariantCulture,
            $"{_settled} of {units} units, {rate:0.0} a second, {left:c} left, throttled {_throttled} times");
        if (host.IsInteractive)
        {
            host.Error.Write("\r\u001b[K" + line);
        }
        else
        {
            host.Error.WriteLine(line);
        }
    }
}
