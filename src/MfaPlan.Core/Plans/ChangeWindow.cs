using System.Globalization;
using System.Text.RegularExpressions;

namespace MfaPlan.Core.Plans;

/// <summary>When a change may happen: a day of the week, hours, and an IANA time zone.</summary>
/// <param name="Day">The day in that zone.</param>
/// <param name="From">Start, inclusive.</param>
/// <param name="To">End, exclusive; before the start means the next morning.</param>
/// <param name="Zone">IANA name.</param>
public sealed partial record ChangeWindow(DayOfWeek Day, TimeOnly From, TimeOnly To, string Zone)
{
    /// <summary>Reads a window such as <c>Sat 06:00-10:00 Europe/Berlin</c>; null when it has another form or the zone is not known.</summary>
    public static ChangeWindow? Parse(string text)
    {
        var match = Form().Match(text.Trim());
        if (!match.Success
            || !TimeOnly.TryParseExact(match.Groups["from"].Value, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var from)
            || !TimeOnly.TryParseExact(match.Groups["to"].Value, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var to)
            || from == to
            || !TimeZoneInfo.TryFindSystemTimeZoneById(match.Groups["zone"].Value, out _))
        {
            return null;
        }

        var day = Enum.GetValues<DayOfWeek>()
            .First(day => day.ToString().StartsWith(match.Groups["day"].Value, StringComparison.OrdinalIgnoreCase));
        return new ChangeWindow(day, from, to, match.Groups["zone"].Value);
    }

    /// <summary>
    /// The window that is open at an instant, or else the next one. It opens and closes in the first instant in which a clock on the wall of its
    /// zone shows the time or a later one: where clocks are set forward over it that is the jump, where they are set back it is the first of two.
    /// </summary>
    /// <param name="now">The instant.</param>
    /// <returns>When it opens, inclusive, and closes, exclusive; it is open where it opens no later than now.</returns>
    public (DateTimeOffset Opens, DateTimeOffset Closes) OpenOrNext(DateTimeOffset now)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(Zone);
        for (var date = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime).AddDays(-2); ; date = date.AddDays(1))
        {
            if (date.DayOfWeek != Day)
            {
                continue;
            }

            var opens = InstantOf(date, From, zone);
            var closes = InstantOf(To < From ? date.AddDays(1) : date, To, zone);
            if (opens < closes && now < closes)
            {
                return (opens, closes);
            }
        }
    }

    private static DateTimeOffset InstantOf(DateOnly date, TimeOnly time, TimeZoneInfo zone)
    {
        var wall = date.ToDateTime(time, DateTimeKind.Unspecified);
        while (zone.IsInvalidTime(wall))
        {
            wall = wall.AddMinutes(1);
        }

        var offset = zone.IsAmbiguousTime(wall) ? zone.GetAmbiguousTimeOffsets(wall).Max() : zone.GetUtcOffset(wall);
        return new DateTimeOffset(wall, offset).ToUniversalTime();
    }

    [GeneratedRegex(
        @"^(?<day>Mon|Tue|Wed|Thu|Fri|Sat|Sun) (?<from>\d\d:\d\d)-(?<to>\d\d:\d\d) (?<zone>[A-Za-z_]+(/[A-Za-z_+\-0-9]+)*)$",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Form();
}
