using System.Globalization;
using MfaPlan.Core.Reports;
using MfaPlan.Core.Rules;
using MfaPlan.Core.Text;
using Scriban.Runtime;
using static MfaPlan.Cli.Rendering.HtmlPage;

namespace MfaPlan.Cli.Rendering;

/// <summary>A preview as one HTML file that loads nothing and runs no script.</summary>
internal static class HtmlReport
{
    /// <summary>The whole report; see <see cref="MarkdownReport.Render"/>.</summary>
    public static string Render(PreviewReport report, IEnumerable<UserReport> users, long more)
    {
        var model = new ScriptObject(StringComparer.Ordinal)
        {
            ["title"] = $"{report.Plan}: {report.Stage}",
            ["r"] = new ScriptObject(StringComparer.Ordinal) { ["plan"] = PlainText.Of(report.Plan) },
            ["stage"] = report.IsRollback ? $"rollback of {report.Undoes}" : report.Stage,
            ["verdict"] = report.VerdictWord,
            ["verdict_class"] = report.VerdictWord.Split(' ')[0],
            ["touches"] = $"This stage {report.Touches}: {report.ByChange}.",
            ["tenant"] = report.Tenant.ToString("D"),
            ["digest"] = report.Digest,
            ["forecast"] = report.Forecast,
            ["forecast_note"] = $"{report.ForecastNote.Why}. T{report.ForecastNote.What[1..]}",
            ["of_users"] = report.IsOfUsers,
            ["policies"] = List(report.TenantWide.Select(Policy)),
            ["domains"] = List(report.Domains.Select(static d => Row(("name", d.Name), ("today", d.Today), ("after", d.After)))),
            ["zeros"] = List(report.Zeros.Select(static z => Row(("what", z.What), ("count", z.Count)))),
            ["guards"] = List(report.Guards.Select(static g =>
                Row(("code", g.Code), ("word", MarkdownReport.Word(g.Verdict)), ("message", PlainText.Of(g.Message))))),
            ["findings"] = List(report.Findings.Select(static f =>
                Row(("code", f.Code), ("count", f.Count), ("title", f.Title), ("severity", f.Severity.ToString())))),
            ["phone_only"] = Counted.Of(report.Totals.PhoneOnly, "user has", "users have"),
            ["phones_end"] = RuleData.PhonesEnd.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["again"] = PlainText.Of(report.ReRegister?.Sentence ?? ""),
            ["leftover"] = Counted.Of(report.Totals.Leftover, "source record is", "source records are"),
            ["users"] = List(users.Select(User)),
            ["more"] = more,
            ["more_users"] = Counted.Of(more, "more user is", "more users are"),
        };
        return HtmlPage.Render("preview.html", model);
    }

    private static ScriptObject User(UserReport user) => Row(
        ("name", PlainText.Of(user.Name)),
        ("id", user.Id),
        ("state", user.State),
        ("row", user.SourceRow),
        ("by", user.MatchedBy ?? ""),
        ("changes", Changes(user.Changes)),
        ("findings", Findings(user.Findings)));

    private static ScriptObject Policy(PolicyReport policy) => Row(
        ("unit", policy.Unit),
        ("changes", Changes(policy.Changes)),
        ("findings", Findings(policy.Findings)));

    private static ScriptArray Changes(IEnumerable<ChangeReport> changes) => List(changes.Select(static c =>
        Row(("id", c.Id), ("before", PlainText.Of(c.Before)), ("after", PlainText.Of(c.After)), ("rule", c.Rule))));

    private static ScriptArray Findings(IEnumerable<FindingReport> findings) => List(findings.Select(static f =>
        Row(("code", f.Code), ("severity", f.Severity.ToString()), ("title", f.Title), ("message", PlainText.Of(f.Message)))));
}
