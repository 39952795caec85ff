using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using MfaPlan.Cli.Composition;
using MfaPlan.Cli.Rendering;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Drifts;
using MfaPlan.Core.Planning;
using MfaPlan.Core.Reports;
using MfaPlan.Core.Tenants;
using MfaPlan.Core.Text;
using MfaPlan.Engine.Verifying;

namespace MfaPlan.Cli.Commands;

/// <summary><c>verify PLAN</c>: looks whether what was applied is still there, and says what moved and who did it.</summary>
internal static class VerifyCommand
{
    private const string AuditUnread = "MFP4042";

    // The audit log gives five requests in ten seconds, and whoever reads about fifty users knows what is going on.
    private const int MostAsked = 50;
    private const int MostLines = 3;

    // Object ids are long: what names two of them is easier to compare one below the other.
    private const int MostOnALine = 60;

    public static Command Create(CliHost host)
    {
        var plan = CommonOptions.Plan();
        var sandbox = CommonOptions.Sandbox();
        var record = CommonOptions.Record();
        var reveal = CommonOptions.Reveal();
        var json = CommonOptions.Json();
        var command = new Command("verify", CommonOptions.Help(
            "Looks at every user and policy of which a run left something in place, writes nothing, and says what has moved since and who did it, as far as "
            + "the audit log can be read. What was rolled back is not expected. Exits with 2 when something moved, with 4 when nothing did and "
            + "something could not be read.",
            "mfaplan verify plan.yaml", "mfaplan verify plan.yaml --json")) { plan, sandbox, record, reveal, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var settings = CommonOptions.Connection(host, parsed, sandbox, record);
            var workspace = Workspace.Open(host, parsed.GetRequiredValue(plan), settings.Sandbox is not null);
            await using var connection = await TenantConnection.OpenAsync(
                host, workspace.Loaded, settings, ApplyTimes.Of(host, null, null, settings.Sandbox is not null), cancellationToken);
            using var progress = new ProgressLine(host, "users", () => connection.Tenant.Limits);
            var asked = 0;
            string? unread = null;
            var result = await new DriftEngine(connection.Tenant, connection.Tenant, workspace.State).RunAsync(
                async drift =>
                {
                    var audit = await AuditAsync(drift);
                    var report = DriftReport.Of(drift, audit, parsed.GetValue(reveal));
                    host.Out.WriteLine(parsed.GetValue(json) ? DriftJson.Line(report) : string.Join('\n', Lines(report)));
                },
                step => progress.At(step.Done, step.Total),
                cancellationToken);
            progress.Dispose();
            if (unread is not null)
            {
                host.Error.WriteLine(
                    $"warning {AuditUnread}: The audit log could not be read ({unread}), so it is not known who changed what. Grant AuditLog.Read.All to be told.");
            }
            else if (result.Moved > asked)
            {
                host.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"The audit log was asked about the first {asked} that moved."));
            }

            host.Out.WriteLine(parsed.GetValue(json)
                ? DriftJson.Line(new DriftSummary(1, Word(result), result.Units, result.Unmoved, result.Moved, result.Unknown, unread))
                : Summary(result));
            return ExitOf(result);

            async Task<ImmutableArray<AuditEntry>?> AuditAsync(UnitDrift drift)
            {
                if (drift.Moved.IsEmpty || unread is not null || asked == MostAsked)
                {
                    return null;
                }

                if (drift.Id.Kind != UnitKind.User && drift.Id != PolicyPlanner.Id)
                {
                    return null; // it is not documented how the audit log names the rollout or a federation
                }

                asked++;
                switch (await connection.Tenant.ReadAuditAsync(drift.Id, drift.At, cancellationToken))
                {
                    case Observed<ImmutableArray<AuditEntry>>.Seen seen:
                        return seen.Value;
                    case Observed<ImmutableArray<AuditEntry>>.Unknown unknown:
                        unread = unknown.Code;
                        break;
                }

                return null;
            }
        });
        return command;
    }

    /// <summary>What moved is certain, whatever else is not known.</summary>
    private static int ExitOf(DriftResult result) => result switch
    {
        { Moved: > 0 } => ExitCodes.ChangesPending,
        { Unknown: > 0 } => ExitCodes.Incomplete,
        _ => ExitCodes.Done,
    };

    private static string Word(DriftResult result) => result switch { { Moved: > 0 } => "moved", { Unknown: > 0 } => "unknown", _ => "unmoved" };

    private static string Summary(DriftResult result) => result.Units == 0
        ? "Nothing to verify: no run left anything in place."
        : string.Create(
            CultureInfo.InvariantCulture,
            $"Verified {What(result)}: {result.Unmoved} as they were left, {result.Moved} moved, {result.Unknown} not known.");

    private static string Named(DriftReport report) =>
        report.Name.Length == 0 ? report.Id : $"{PlainText.Of(report.Name)} {report.Id}";

    private static string What(DriftResult result)
    {
        var policy = result.TenantWide == 0 ? "" : Counted.Of(result.TenantWide, "tenant-wide object");
        var users = Counted.Of(result.Units - result.TenantWide, "user");
        return policy.Length == 0 ? users : result.Units == result.TenantWide ? policy : $"{policy} and {users}";
    }

    private static IEnumerable<string> Lines(DriftReport report)
    {
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"{(report.Moved.IsEmpty ? "unknown" : "moved  ")}  {Named(report)} (run {report.Run}, {report.Settled.UtcDateTime:u})");
        foreach (var moved in report.Moved)
        {
            var (left, now) = (PlainText.Of(moved.Left), PlainText.Of(moved.Now));
            if (left.Length + now.Length <= MostOnALine)
            {
                yield return $"    {moved.Id}: {left} → {now}{(moved.AsBefore ? "  as before the run" : "")}";
                continue;
            }

            yield return $"    {moved.Id}";
            yield return $"        before the run: {PlainText.Of(moved.Before)}";
            yield return $"        as it was left: {left}";
            yield return $"        now:            {now}{(moved.AsBefore ? "  as before the run" : "")}";
        }

        if (report.Unknown is { } unknown)
        {
            yield return $"    not known: {PlainText.Of(unknown)}";
        }

        if (report.Audit is not { } audit)
        {
            yield break;
        }

        foreach (var entry in audit.Take(MostLines))
        {
            yield return string.Create(
                CultureInfo.InvariantCulture, $"    {entry.At.UtcDateTime:u} {PlainText.Of(entry.Activity)}, by {PlainText.Of(entry.By)}");
        }

        if (audit.IsEmpty)
        {
            yield return "    the audit log has nothing about it yet";
        }
    }
}
