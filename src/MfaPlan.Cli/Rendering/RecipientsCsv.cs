using System.Text;
using MfaPlan.Core.Notices;

namespace MfaPlan.Cli.Rendering;

/// <summary>Who gets which text, as a CSV file.</summary>
internal static class RecipientsCsv
{
    /// <summary>A row for each user and text, in order of object id.</summary>
    /// <param name="told">The users.</param>
    /// <param name="language">The texts' language.</param>
    /// <param name="reveal">Whether names are written in clear.</param>
    public static string Render(IEnumerable<NoticeEntry> told, string language, bool reveal)
    {
        var text = new StringBuilder("user,objectId,outcome,text\n");
        foreach (var entry in told)
        {
            var name = reveal ? entry.Name?.Reveal() : entry.Name?.ToString();
            foreach (var outcome in NoticeRule.InOrder.Where(outcome => entry.Outcomes.HasFlag(outcome)))
            {
                text.Append(Cell(name ?? "")).Append(',').Append(entry.User.ToString("D")).Append(',')
                    .Append(NoticeRule.WordOf(outcome)).Append(',').Append(NoticeTexts.NameOf(outcome, "users", language)).Append('\n');
            }
        }

        return text.ToString();
    }

    /// <summary>A cell that no spreadsheet takes for a formula and no reader for two.</summary>
    /// <seealso href="https://owasp.org/www-community/attacks/CSV_Injection"/>
    public static string Cell(string value)
    {
        var safe = PlainText.Of(value);
        if (safe is ['=' or '+' or '-' or '@' or '\ufffd', ..])
        {
            safe = "'" + safe;
        }

        return safe.AsSpan().ContainsAny("\",\n") ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }
}
