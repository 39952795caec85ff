using System.Globalization;

namespace MfaPlan.State.Journals;

/// <summary>Whether this machine's clock can be the one that the journal was written by.</summary>
internal static class ClockCheck
{
    /// <summary>By how much clocks of machines that write one journal may differ.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    /// <summary>Refuses to write behind the journal's newest line: whether an earlier send may still show is told by the clock.</summary>
    /// <param name="sandbox">Whether it is a sandbox's state; its clock is moved on purpose.</param>
    /// <param name="last">When the newest line was written; null when there is none.</param>
    /// <param name="now">What this machine's clock says.</param>
    /// <exception cref="StateException">The clock is behind.</exception>
    public static void RefuseBehind(bool sandbox, DateTimeOffset? last, DateTimeOffset now)
    {
        if (!sandbox && last is { } then && now < then - Tolerance)
        {
            throw new StateException(
                StateDiagnostics.ClockBehind,
                string.Create(CultureInfo.InvariantCulture, $"This machine's clock says {now:u}; the journal's last line is of {then:u}."),
                "Nothing was changed. Set the clock right and run the command again: by it is told when something may be sent again.");
        }
    }
}
