using System.Globalization;
using System.Text.Json;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Reports;
using MfaPlan.Core.Text;
using MfaPlan.Engine.Applying;
using MfaPlan.Graph.Limiting;

namespace MfaPlan.Cli.Rendering;

/// <summary>Tells an apply as it goes: how far it is, and every unit that needs a person.</summary>
/// <param name="host">The world.</param>
/// <param name="units">Units with changes.</param>
/// <param name="reveal">Whether personal data is shown in clear.</param>
/// <param name="limits">How the service's budgets stand.</param>
internal sealed class ApplyProgress(CliHost host, long units, bool reveal, Func<IEnumerable<LimiterSnapshot>> limits) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly ProgressLine _line = new(host, "units", limits);
    private long _settled;
    private int _waiting;
    private bool _byHand;

    /// <summary>Takes an event in.</summary>
    public void On(ApplyEvent happened)
    {
        lock (_gate)
        {
            switch (happened)
            {
                case ApplyEvent.Started started:
                    _settled = started.Settled;
                    _line.Begin(_settled, units);
                    _line.Say(started.Resumed
                        ? string.Create(CultureInfo.InvariantCulture,
                            $"Going on with run {started.RunId}: {started.Settled} of {Counted.Of(started.Units, "unit")} settled.")
                        : string.Create(CultureInfo.InvariantCulture, $"Run {started.RunId} begins: {Counted.Of(started.Units, "unit")}."));
                    break;
                case ApplyEvent.UnitEnded ended:
                    _line.At(++_settled, units);
                    TellExceptions(ended);
                    break;
                case ApplyEvent.AwaitsHand hand:
                    _byHand = true;
                    _line.Say("These steps are a person's, signed in as Hybrid Identity Administrator (Entra admin center: Connect sync, staged rollout of cloud MFA; or Graph Explorer):");
                    foreach (var step in Commands.Operator.Steps(hand.Unit))
                    {
                        _line.Say("  " + PlainText.Of(step));
                    }

                    break;
                case ApplyEvent.Waiting waiting when _waiting++ == 0:
                    _line.Say(string.Create(CultureInfo.InvariantCulture,
                        $"Units that were begun earlier are looked at until {waiting.Until:HH:mm:ss} UTC, when sending again is safe."));
                    break;
            }
        }
    }

    /// <summary>Tells the end.</summary>
    public void Finish(ApplyResult result, bool json)
    {
        _line.Dispose();
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
            ApplyStop.TooManyMoved => "More users moved since the preview than limits.moved allows. Look at them, then close the run with apply --abandon and preview again.",
            ApplyStop.Cancelled => "Stopped. What was begun was seen through; run apply again to go on.",
            ApplyStop.UnitsOpen when _byHand => "Nobody was moved yet. When a person has done the steps above, run apply again: it looks, and goes on.",
            ApplyStop.UnitsOpen => "Some units could not be read and stay open. Run apply again.",
            _ when !result.Complete => "Not everything is in place; the units above say why. Mend the cause and apply again.",
            _ => "Everything is in place.",
        });
    }

    /// <inheritdoc/>
    public void Dispose() => _line.Dispose();

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
        var who = ended.Unit.Id.Kind == UnitKind.User ? $"{PlainText.Of(user.Name)} {user.Id}" : ended.Unit.Id.ToString();
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
                _line.Say($"{who} {change.Id}: {why}");
            }
        }
    }
}
