using System.Text;

namespace MfaPlan.Cli.Rendering;

/// <summary>Makes text of others safe to print: what would move a cursor, change a colour or hide itself becomes visible.</summary>
internal static class PlainText
{
    /// <summary>The text with control and format characters replaced.</summary>
    public static string Of(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\0', '\x1f') && text.All(static c => !Hidden(c)))
        {
            return text;
        }

        var safe = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            safe.Append(Hidden(c) ? '\ufffd' : c);
        }

        return safe.ToString();
    }

    private static bool Hidden(char c) =>
        char.IsControl(c) || char.GetUnicodeCategory(c) == System.Globalization.UnicodeCategory.Format;
}
