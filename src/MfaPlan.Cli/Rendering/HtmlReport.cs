using System.Globalization;
using MfaPlan.Core.Reports;
using MfaPlan.Core.Rules;
using Scriban;
using Scriban.Runtime;

namespace MfaPlan.Cli.Rendering;

/// <summary>A preview as one HTML file that loads nothing and runs no script.</summary>
internal static class HtmlReport
{
    private static readonly Lazy<Template> Page = new(static () =>
    {
        using var stream = typeof(HtmlReport).Assembly.GetManifestResourceStream("preview.html")
            ?? throw new InvalidOperationException("The template preview.html is missing from the program.");
        using var reader = new StreamReader(stream);
        return Template.Parse(reader.ReadToEnd(), "preview.html");
    });

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
            ["phone_only"] = report.Totals.PhoneOnly,
            ["phones_end"] = RuleData.PhonesEnd.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["leftover"] = report.Totals.Leftover,
            ["users"] = List(users.Select(User)),
            ["more"] = more,
        };
        var context = new TemplateContext(StringComparer.Ordinal) { LoopLimit = int.MaxValue, LimitToString = 0 };
        context.PushGlobal(model);
        return Page.Value.Render(context);
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

    private static ScriptArray List(IEnumerable<ScriptObject> rows) => [.. rows];

    private static ScriptObject Row(params ReadOnlySpan<(string Name, object Value)> values)
    {
        var row = new ScriptObject(StringComparer.Ordinal);
        foreach (var (name, value) in values)
        {
            row[name] = value;
        }

        return row;
    }
}
