using System.Collections.Immutable;
using MfaPlan.Cli.Consoles;
using MfaPlan.Core.Approvals;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Guards;
using MfaPlan.Core.Plans;
using MfaPlan.Core.Reports;
using MfaPlan.Engine.ChangeSets;
using MfaPlan.Engine.Ports;

namespace MfaPlan.Cli.Rendering;

/// <summary>Shows a change set of the state: on the screen, as JSON, as report files. Users stream; only those shown are held.</summary>
/// <param name="host">The world.</param>
/// <param name="state">Where the change set is.</param>
/// <param name="plan">The plan, for where MFA happens; null when it is not at hand.</param>
internal sealed class ChangeSetView(CliHost host, IStateStore state, Plan? plan)
{
    private const int UsersOnScreen = 60;
    private const int UsersInReport = 1000;

    /// <summary>Whether personal data is shown in clear.</summary>
    public bool Reveal { get; init; }

    /// <summary>Show these users only.</summary>
    public ImmutableArray<string> Users { get; init; } = [];

    /// <summary>Show those users only of whom one of these was found, all of them; empty for everybody.</summary>
    public ImmutableArray<string> Codes { get; init; } = [];

    /// <summary>Show users that stay as they are and of whom nothing was found.</summary>
    public bool Unchanged { get; init; }

    /// <summary>No colour even on a terminal.</summary>
    public bool NoColour { get; init; }

    /// <summary>Shows it.</summary>
    public async Task ShowAsync(
        string digest, ChangeSetHeader header, ChangeSetFooter footer, bool json, CancellationToken cancellationToken)
    {
        var report = await ReportAsync(digest, header, footer, cancellationToken);
        if (json)
        {
            await using var stream = await OpenAsync(digest, cancellationToken);
            PreviewJson.Write(host.Out, report, UsersOf(stream));
            return;
        }

        var screen = new PreviewScreen(AnsiConsoles.Over(host.Out, AnsiConsoles.WantsColour(host, NoColour)));
        screen.Show(report);
        if (!report.IsOfUsers)
        {
            return;
        }

        var (shown, hidden) = await TakeAsync(digest, UsersOnScreen, cancellationToken);
        screen.ShowUsers(shown, hidden, $"see them with --report, or those with a finding: mfaplan show {digest[..12]} --code CODE");
        if (plan is not null && footer is { Verdict: GuardVerdict.Holds, Totals.Changed: > 0 }
            && ApprovalDemand.Of(plan, header.PlanDigest, digest, header.Stage) is { } demand)
        {
            host.Out.WriteLine();
            host.Out.WriteLine(ApprovalLines.Demand(plan, demand));
        }
    }

    /// <summary>Writes report.md, report.html, report.json and users.jsonl, masked, each under a temporary name first.</summary>
    public async Task WriteReportAsync(
        string digest, ChangeSetHeader header, ChangeSetFooter footer, string folder, CancellationToken cancellationToken)
    {
        var masked = new ChangeSetView(host, state, plan) { Unchanged = true };
        var report = await ReportAsync(digest, header, footer, cancellationToken);
        var (users, more) = await masked.TakeAsync(digest, UsersInReport, cancellationToken);
        Directory.CreateDirectory(folder);
        ReportFile.Write(Path.Combine(folder, "report.md"), MarkdownReport.Render(report, users, more));
        ReportFile.Write(Path.Combine(folder, "report.html"), HtmlReport.Render(report, users, more));
        ReportFile.Write(Path.Combine(folder, "report.json"), PreviewJson.Document(report) + "\n");
        await using var stream = await OpenAsync(digest, cancellationToken);
        var temporary = Path.Combine(folder, "users.jsonl.tmp");
        await using (var lines = new StreamWriter(temporary) { NewLine = "\n" })
        {
            foreach (var user in masked.UsersOf(stream))
            {
                await lines.WriteLineAsync(PreviewJson.Line(user));
            }
        }

        File.Move(temporary, Path.Combine(folder, "users.jsonl"), overwrite: true);
        host.Error.WriteLine($"Report written to {folder}.");
    }

    private async Task<PreviewReport> ReportAsync(
        string digest, ChangeSetHeader header, ChangeSetFooter footer, CancellationToken cancellationToken)
    {
        var report = PreviewReport.Of(plan, digest, header, footer);
        await using var stream = await OpenAsync(digest, cancellationToken);
        return report with
        {
            TenantWide =
            [
                // They come before every user, so that no more is read of half a million.
                .. ChangeSetFile.Lines(stream, state).OfType<ChangeSetLine.Of>().Select(static line => line.Unit)
                    .TakeWhile(static unit => unit.Id.Kind != UnitKind.User)
                    .Where(unit => !report.IsOfUsers || !unit.Changes.IsEmpty || !unit.Findings.IsEmpty)
                    .Select(PolicyReport.Of),
            ],
        };
    }

    private async Task<(List<UserReport> Shown, long Hidden)> TakeAsync(string digest, int most, CancellationToken cancellationToken)
    {
        await using var stream = await OpenAsync(digest, cancellationToken);
        var shown = new List<UserReport>();
        var hidden = 0L;
        foreach (var user in UsersOf(stream))
        {
            if (shown.Count < most || !Users.IsEmpty || !Codes.IsEmpty)
            {
                shown.Add(user);
            }
            else
            {
                hidden++;
            }
        }

        return (shown, hidden);
    }

    private IEnumerable<UserReport> UsersOf(Stream stream) => ChangeSetFile.Lines(stream, state)
        .OfType<ChangeSetLine.Of>()
        .Select(static line => line.Unit)
        .Where(unit => unit.Id.Kind == UnitKind.User && IsWanted(unit) && HasCode(unit))
        .Select(unit => UserReport.Of(unit, Reveal));

    private bool IsWanted(Unit unit) => Users.IsEmpty
        ? Unchanged || !unit.Changes.IsEmpty || !unit.Findings.IsEmpty
        : Users.Any(user => user.Equals(unit.Name?.Reveal(), StringComparison.OrdinalIgnoreCase)
            || user.Equals(unit.Id.User.ToString("D"), StringComparison.OrdinalIgnoreCase));

    private bool HasCode(Unit unit) =>
        Codes.IsEmpty || unit.Findings.Any(finding => Codes.Contains(finding.Code, StringComparer.OrdinalIgnoreCase));

    private async Task<Stream> OpenAsync(string digest, CancellationToken cancellationToken) =>
        await state.OpenChangeSetAsync(digest, cancellationToken)
        ?? throw new CommandFailedException(ExitCodes.Failed, "MFP4004", $"The state has no change set {digest}.");
}
