using System.Globalization;
using System.Text;
using MfaPlan.Core.Guards;
using MfaPlan.Core.Reports;
using MfaPlan.Core.Text;

namespace MfaPlan.Cli.Rendering;

/// <summary>A preview as Markdown, for the pull request.</summary>
internal static class MarkdownReport
{
    /// <summary>The whole report.</summary>
    /// <param name="report">The first screen.</param>
    /// <param name="users">The users to list.</param>
    /// <param name="more">Users that are not listed here for want of room.</param>
    public static string Render(PreviewReport report, IEnumerable<UserReport> users, long more)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# {Cell(report.Plan)}: {(report.IsRollback ? "rollback of " + report.Undoes : report.Stage)}: {report.VerdictWord}\n\n");
        text.Append(CultureInfo.InvariantCulture, $"Tenant `{report.Tenant:D}`, digest `{report.Digest}`.\n\n");
        text.Append(CultureInfo.InvariantCulture, $"This stage {report.Touches}: {report.ByChange}.\n\n");
        if (report.Forecast)
        {
            text.Append(CultureInfo.InvariantCulture, $"A forecast: {report.ForecastNote.Why}. T{report.ForecastNote.What[1..]}.\n\n");
        }

        AppendTenantWide(text, report);
        if (!report.Domains.IsEmpty)
        {
            text.Append("| Domain | MFA today | MFA after |\n| --- | --- | --- |\n");
            foreach (var domain in report.Domains)
            {
                text.Append(CultureInfo.InvariantCulture, $"| {Cell(domain.Name)} | {domain.Today} | {domain.After} |\n");
            }

            text.Append('\n');
        }

        text.Append("## What must be zero\n\n| Count | What |\n| ---: | --- |\n");
        foreach (var zero in report.Zeros)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {zero.Count} | {zero.What} |\n");
        }

        text.Append("\n## Guards\n\n| Guard | Word | |\n| --- | --- | --- |\n");
        foreach (var guard in report.Guards)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {guard.Code} | {Word(guard.Verdict)} | {Cell(guard.Message)} |\n");
        }

        text.Append("\n## Findings\n\n| Code | Users | |\n| --- | ---: | --- |\n");
        foreach (var finding in report.Findings)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {finding.Code} | {finding.Count} | {finding.Title} |\n");
        }

        if (!report.IsOfUsers)
        {
            return text.ToString();
        }

        text.Append(CultureInfo.InvariantCulture, $"\nPhones alone after this stage: {Counted.Of(report.Totals.PhoneOnly, "user")}. Source records nobody in scope claims: {report.Totals.Leftover}.\n");
        if (report.ReRegister is { } again)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{Cell(again.Sentence)}\n");
        }

        text.Append("\n## Users\n\n| User | State | Change | Before | After | Rule |\n| --- | --- | --- | --- | --- | --- |\n");
        foreach (var user in users)
        {
            AppendUser(text, user);
        }

        if (more > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{Counted.Of(more, "more user is", "more users are")} in `users.jsonl`.\n");
        }

        return text.ToString();
    }

    /// <summary>A guard's word.</summary>
    public static string Word(GuardVerdict verdict) => verdict switch
    {
        GuardVerdict.Holds => "holds",
        GuardVerdict.Unknown => "unknown",
        _ => "refuses",
    };

    private static void AppendTenantWide(StringBuilder text, PreviewReport report)
    {
        foreach (var policy in report.TenantWide)
        {
            text.Append(CultureInfo.InvariantCulture, $"## For the whole tenant: `{policy.Unit}`\n\n");
            foreach (var change in policy.Changes)
            {
                text.Append(CultureInfo.InvariantCulture, $"- {change.Id}: {Cell(change.Before)} → {Cell(change.After)} ({Cell(change.Rule)})\n");
            }

            foreach (var finding in policy.Findings)
            {
                text.Append(CultureInfo.InvariantCulture, $"- {finding.Code}: {Cell(finding.Message)}\n");
            }

            text.Append('\n');
        }
    }

    private static void AppendUser(StringBuilder text, UserReport user)
    {
        var name = $"{Cell(user.Name)} `{user.Id}`";
        if (user.Changes.IsEmpty)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {name} | {user.State} | | | | |\n");
        }

        foreach (var change in user.Changes)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"| {name} | {user.State} | {change.Id} | {Cell(change.Before)} | {Cell(change.After)} | {Cell(change.Rule)} |\n");
        }

        foreach (var finding in user.Findings)
        {
            text.Append(CultureInfo.InvariantCulture, $"| | {finding.Code} | {Cell(finding.Message)} | | | |\n");
        }
    }

    /// <summary>Text of others inside a table cell: no markup of theirs takes effect.</summary>
    public static string Cell(string text)
    {
        var cell = new StringBuilder(text.Length);
        foreach (var c in PlainText.Of(text))
        {
            if (c is '|' or '\\' or '`' or '*' or '_' or '<' or '>' or '[' or ']' or '#' or '&' or '!')
            {
                cell.Append('\\');
            }

            cell.Append(c);
        }

        return cell.ToString();
    }
}
