using System.Buffers;
using System.Globalization;
using System.Text;

namespace MfaPlan.Core.Plans;

/// <summary>Characters that no plan needs: what a reviewer does not see must not be there, neither in the text nor behind an escape.</summary>
internal static class HiddenCharacters
{
    /// <summary>The first such character: where it starts, how many units it has, and why it is refused; null when there is none.</summary>
    public static (int Start, int Length, string Why)? First(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length;)
        {
            if (Rune.DecodeFromUtf16(text[i..], out var rune, out var length) != OperationStatus.Done)
            {
                return (i, 1, string.Create(CultureInfo.InvariantCulture, $"U+{(int)text[i]:X4} is half a character and cannot be stored. Take it out."));
            }

            if (IsHidden(rune))
            {
                return (i, length, string.Create(
                    CultureInfo.InvariantCulture, $"U+{rune.Value:X4} does not show and no plan needs it; it could hide what a reviewer should see. Take it out."));
            }

            i += length;
        }

        return null;
    }

    /// <summary>Joiners (U+200C, U+200D) are let through: some scripts cannot be written without them.</summary>
    private static bool IsHidden(Rune rune) => rune.Value switch
    {
        '\n' or '\r' or '\t' => false,
        0x200C or 0x200D => false,
        _ => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator,
    };
}
