using System.Globalization;
using MfaPlan.Core.Journals;

namespace MfaPlan.State.Journals;

/// <summary>What is said of a journal that cannot be read on.</summary>
internal static class DamagedSegment
{
    /// <summary>A line that cannot be passed over.</summary>
    public static StateException At(int segment, int line, long at, string what, JournalDamagedException? inner)
    {
        if (inner?.Damage == JournalDamage.NewerFormat)
        {
            return new StateException(
                StateDiagnostics.NewerFormat, what, "Nothing was changed. The newer version reads what this one wrote.", inner);
        }

        var where = string.Create(CultureInfo.InvariantCulture, $"in segment {SegmentName.Of(segment)}, line {line}, at byte {at}");
        return new StateException(
            StateDiagnostics.JournalDamaged,
            $"The journal is damaged {where}. {what}",
            "Nothing was changed. Put the segment back from a backup; without it nobody can tell what was sent to the tenant.",
            inner);
    }
}
