using System.Globalization;

namespace MfaPlan.Core.Text;

/// <summary>Numbers with what they count, for people.</summary>
public static class Counted
{
    /// <summary>A number and its word, such as <c>1 user</c> and <c>0 users</c>.</summary>
    /// <param name="number">How many.</param>
    /// <param name="one">What one of them is called; a verb may follow, such as <c>row is</c>.</param>
    /// <param name="many">What none or several are called; with an s where left out.</param>
    public static string Of(long number, string one, string? many = null) =>
        string.Create(CultureInfo.InvariantCulture, $"{number} {(number == 1 ? one : many ?? one + "s")}");
}
