namespace MfaPlan.Core.Sources;

/// <summary>The text form of a Windows security identifier, such as <c>S-1-5-21-1-2-3-1101</c>.</summary>
/// <seealso href="https://learn.microsoft.com/openspecs/windows_protocols/ms-dtyp/f992ad60-0fe4-4b87-9fed-beb478836861"/>
public static class SidText
{
    private const int MostSubAuthorities = 15;

    /// <summary>Whether a text is such an identifier, in whatever case.</summary>
    public static bool IsSid(string text) =>
        text.Split('-') is [['S' or 's'], "1", var authority, .. var parts]
        && parts.Length is > 0 and <= MostSubAuthorities
        && IsNumber(authority, (1UL << 48) - 1)
        && Array.TrueForAll(parts, static part => IsNumber(part, uint.MaxValue));

    /// <summary>Whether a text was meant to be one, and so must be one.</summary>
    public static bool IsMeant(string text) => text.StartsWith("S-", StringComparison.OrdinalIgnoreCase);

    private static bool IsNumber(string text, ulong most) =>
        text.Length is > 0 and <= 15
        && text.All(char.IsAsciiDigit)
        && ulong.Parse(text, System.Globalization.CultureInfo.InvariantCulture) <= most;
}
