using System.Globalization;

namespace MfaPlan.Core.Plans;

/// <summary>Time spans as plans and options write them: a number and one of s, m, h, d.</summary>
public static class Durations
{
    /// <summary>Reads a time span. At most 3,650 days.</summary>
    public static bool TryParse(string text, out TimeSpan value)
    {
        value = default;
        if (text.Length < 2 || !int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        var seconds = text[^1] switch { 's' => number, 'm' => number * 60.0, 'h' => number * 3600.0, 'd' => number * 86400.0, _ => -1 };
        if (seconds is < 0 or > 3650 * 86400.0)
        {
            return false;
        }

        value = TimeSpan.FromSeconds(seconds);
        return true;
    }

    /// <summary>Writes a time span in its largest whole unit.</summary>
    public static string Format(TimeSpan value)
    {
        var seconds = (long)value.TotalSeconds;
        var (number, unit) = seconds switch
        {
            _ when seconds % 86400 == 0 && seconds > 0 => (seconds / 86400, 'd'),
            _ when seconds % 3600 == 0 && seconds > 0 => (seconds / 3600, 'h'),
            _ when seconds % 60 == 0 && seconds > 0 => (seconds / 60, 'm'),
            _ => (seconds, 's'),
        };
        return string.Create(CultureInfo.InvariantCulture, $"{number}{unit}");
    }
}
