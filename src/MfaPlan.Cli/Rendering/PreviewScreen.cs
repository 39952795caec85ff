using System.Globalization;
using MfaPlan.Core.Diagnostics;
using MfaPlan.Core.Guards;
using MfaPlan.Core.Reports;
using MfaPlan.Core.Rules;
using MfaPlan.Core.Text;
using Spectre.Console;

namespace MfaPlan.Cli.Rendering;

/// <summary>The first screen of a preview and the users below it, on a terminal or as plain text in a pipe.</summary>
/// <param name="console">Where to.</param>
internal sealed class PreviewScreen(IAnsiConsole console)
{
    /// <summary>Shows the first screen.</summary>
    public void Show(PreviewReport report)
    {
        var what = report.IsRollback ? $"rollback of run {report.Undoes}" : $"stage {report.Stage}";
        console.MarkupLineInterpolated($"[bold]{PlainText.Of(report.Plan)}[/]: {what}, tenant {report.Tenant:D}");
        console.MarkupLineInterpolated($"digest {report.Digest}");
        console.Markup(report.Verdict switch
        {
            GuardVerdict.Holds => "verdict [bold green]",
            GuardVerdict.Unknown => "verdict [bold yellow]",
            _ => "verdict [bold red]",
        } + report.VerdictWord + "[/]  ");
        console.WriteLine(report.Touches);
        console.WriteLine("changes  " + report.ByChange);
        foreach (var domain in report.Domains)
        {
            console.WriteLine($"domain   {PlainText.Of(domain.Name)}: MFA today by {domain.Today}, after this stage by {domain.After}");
        }

        if (report.Forecast)
        {
            console.WriteLine($"forecast {report.ForecastNote.Why}; {report.ForecastNote.What}");
        }

        foreach (var sentence in report.TenantWide.SelectMany(static policy => policy.Sentences))
        {
            console.WriteLine("tenant   " + PlainText.Of(sentence));
        }

        if (report.ReRegister is { Users: > 0 } again)
        {
            console.WriteLine("again    " + PlainText.Of(again.Sentence));
        }

        console.WriteLine();
        console.MarkupLine("[bold]Must be zero[/]");
        foreach (var zero in report.Zeros)
        {
            var colour = zero.Count == 0 ? "green" : "red";
            console.MarkupLine(string.Create(CultureInfo.InvariantCulture, $"  [{colour}]{zero.Count,5}[/]  {Markup.Escape(zero.What)}"));
        }

        ShowGuards(report);
        ShowFindings(report);
        if (!report.IsOfUsers || !report.TenantWide.IsEmpty)
        {
            ShowPolicies(report);
        }

        if (!report.IsOfUsers)
        {
            return;
        }

        console.WriteLine();
        console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"After this stage {Counted.Of(report.Totals.PhoneOnly, "user has", "users have")} phones alone, which Microsoft stops serving on {RuleData.PhonesEnd:yyyy-MM-dd}. "
            + $"{Counted.Of(report.Totals.PoorAsBefore, "user has", "users have")} no usable method, before as after. "
            + $"{Counted.Of(report.Totals.Leftover, "source record is", "source records are")} claimed by nobody in scope."));
    }

    /// <summary>Shows users.</summary>
    /// <param name="users">Whom to show.</param>
    /// <param name="hidden">How many more there are.</param>
    /// <param name="how">How to see the others.</param>
    public void ShowUsers(IReadOnlyCollection<UserReport> users, long hidden, string how)
    {
        console.WriteLine();
        console.MarkupLine("[bold]Users[/]");
        foreach (var user in users)
        {
            ShowUser(user);
        }

        if (hidden > 0)
        {
            console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {hidden} more; {how}"));
        }
    }

    /// <summary>Shows one user.</summary>
    public void ShowUser(UserReport user)
    {
        var match = user.SourceRow > 0 ? string.Create(CultureInfo.InvariantCulture, $", row {user.SourceRow} by {user.MatchedBy}") : "";
        console.MarkupLineInterpolated($"  [bold]{PlainText.Of(user.Name)}[/] {user.Id} ({user.State}{match})");
        Show(user.Changes, user.Findings);
    }

    private void ShowPolicies(PreviewReport report)
    {
        console.WriteLine();
        console.MarkupLine(report.IsOfUsers ? "[bold]Tenant[/]" : "[bold]Policies[/]");
        foreach (var policy in report.TenantWide)
        {
            console.MarkupLineInterpolated($"  [bold]{policy.Unit}[/]");
            Show(policy.Changes, policy.Findings);
        }
    }

    private void Show(IEnumerable<ChangeReport> changes, IEnumerable<FindingReport> findings)
    {
        foreach (var change in changes)
        {
            var mark = change.Destroys ? "~" : "+";
            console.MarkupLineInterpolated(
                $"    {mark} {change.Id}: {PlainText.Of(change.Before)} → {PlainText.Of(change.After)}  [grey]{change.Rule}[/]");
        }

        foreach (var finding in findings)
        {
            ShowFinding(finding);
        }
    }

    /// <summary>Shows one finding.</summary>
    public void ShowFinding(FindingReport finding)
    {
        var colour = finding.Severity switch { Severity.Error => "red", Severity.Warning => "yellow", _ => "grey" };
        console.MarkupLine($"    [{colour}]{finding.Code}[/] {Markup.Escape(PlainText.Of(finding.Message))}");
    }

    /// <summary>Shows what one guard says.</summary>
    public void ShowGuard(GuardResult guard)
    {
        var colour = guard.Verdict switch { GuardVerdict.Holds => "green", GuardVerdict.Unknown => "yellow", _ => "red" };
        console.MarkupLine(
            $"  [{colour}]{MarkdownReport.Word(guard.Verdict),-7}[/] {guard.Code}  {Markup.Escape(PlainText.Of(guard.Message))}");
    }

    private void ShowGuards(PreviewReport report)
    {
        console.WriteLine();
        console.MarkupLine("[bold]Guards[/]");
        foreach (var guard in report.Guards)
        {
            ShowGuard(guard);
        }
    }

    private void ShowFindings(PreviewReport report)
    {
        if (report.Findings.IsEmpty)
        {
            return;
        }

        console.WriteLine();
        console.MarkupLine("[bold]Findings[/] (mfaplan explain CODE)");
        foreach (var finding in report.Findings)
        {
            console.MarkupLine(string.Create(
                CultureInfo.InvariantCulture, $"  {finding.Code} {finding.Count,7}  {Markup.Escape(finding.Title)}"));
        }
    }
}
