using System.CommandLine;
using System.Globalization;
using MfaPlan.Cli.Composition;
using MfaPlan.Cli.Rendering;
using MfaPlan.Core.Gates;
using MfaPlan.Engine.Gating;
using MfaPlan.Engine.Ports;

namespace MfaPlan.Cli.Commands;

/// <summary><c>gate PLAN</c>: judges a wave's gate, says what is missing and when it could open, and records it.</summary>
internal static class GateCommand
{
    public static Command Create(CliHost host)
    {
        var plan = CommonOptions.Plan();
        var wave = Wave();
        var signIns = SignIns();
        var sandbox = CommonOptions.Sandbox();
        var record = CommonOptions.Record();
        var json = CommonOptions.Json();
        var command = new Command("gate", CommonOptions.Help(
            "Judges whether a wave has gone well enough for the next one: waits, sign-ins, and what people have signed. Writes nothing to the tenant; "
            + "the judgement goes to the journal. Exits with 0 when the gate is open, with 4 when something is not known yet, with 5 when it is closed. "
            + "Steps of authentication are on Microsoft's beta endpoint only.",
            "mfaplan gate plan.yaml --wave pilot", "mfaplan gate plan.yaml --wave pilot --sign-ins signIns.json --json"))
        {
            plan, wave, signIns, sandbox, record, json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var settings = CommonOptions.Connection(host, parsed, sandbox, record);
            var workspace = Workspace.Open(host, parsed.GetRequiredValue(plan), settings.Sandbox is not null);
            var question = Gates.QuestionOf(workspace.Loaded, parsed.GetValue(wave));
            ISignInLog? file = parsed.GetValue(signIns) is { } path ? await Gates.FileAsync(host, path, cancellationToken) : null;
            await using var connection = file is null || settings.Sandbox is not null
                ? await TenantConnection.OpenAsync(
                    host, workspace.Loaded, settings, ApplyTimes.Of(host, null, null, settings.Sandbox is not null), cancellationToken)
                : null;
            var keeper = Gates.KeeperOf(host, workspace.Loaded, workspace.State, question.Terms, connection?.Time ?? host.Time);
            var log = file ?? connection?.Tenant.SignIns ?? throw new InvalidOperationException("Without a file there is a connection.");
            var evidence = await keeper.GatherAsync(question, log, connection?.EarlierNow ?? host.Time.GetUtcNow(), cancellationToken);

            // The lock is not held while the log is read, which may take minutes.
            await using (var session = await workspace.State.OpenAsync($"gate {workspace.Loaded.Path}", cancellationToken))
            {
                await keeper.RecordAsync(evidence.Reading, session.Journal, cancellationToken);
            }

            host.Out.WriteLine(parsed.GetValue(json) ? GateJson.Document(GateDocument.Of(evidence)) : string.Join('\n', GateLines.Of(evidence)));
            return Tell(host, question, evidence);
        });
        return command;
    }

    /// <summary>The option that names a wave.</summary>
    public static Option<string?> Wave() => new("--wave") { Description = "The wave, as the plan names it (the only one).", HelpName = "WAVE" };

    /// <summary>The option that names an export of the sign-in log.</summary>
    public static Option<string?> SignIns() => new("--sign-ins")
    {
        Description = "Take the sign-ins from an export of the log (JSON of the portal, or answers of Graph beta) instead of reading them live.",
        HelpName = "FILE",
    };

    private static int Tell(CliHost host, GateQuestion question, GateEvidence evidence)
    {
        foreach (var opinion in evidence.Attestations.Where(static opinion => !opinion.Counts))
        {
            host.Error.WriteLine($"warning {opinion.Flaw!.Code}: Attestation {opinion.Name} does not count. {PlainText.Of(opinion.Reason)}");
        }

        switch (evidence.Decision)
        {
            case { Result: GateResult.Open }:
                return ExitCodes.Done;
            case { Result: GateResult.Closed }:
                host.Error.WriteLine(
                    $"error {GateDiagnostics.Closed.Code}: The gate of wave {PlainText.Of(question.Wave)} is closed: the next stage does not begin. The criteria above say why.");
                return ExitCodes.Refused;
            case var decision:
                var when = decision.HoldUntil is { } until
                    ? string.Create(CultureInfo.InvariantCulture, $"Time alone is missing: judge it again after {until.UtcDateTime:u}.")
                    : "The criteria above say what is missing.";
                host.Error.WriteLine($"error {GateDiagnostics.NotYetKnown.Code}: The gate of wave {PlainText.Of(question.Wave)} holds: not yet known. {when}");
                return ExitCodes.Incomplete;
        }
    }
}
