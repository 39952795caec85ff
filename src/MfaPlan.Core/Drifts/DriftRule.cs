using System.Collections.Immutable;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Journals;
using MfaPlan.Core.Tenants;

namespace MfaPlan.Core.Drifts;

/// <summary>Compares what a run left in place with what a look saw.</summary>
public static class DriftRule
{
    /// <summary>How a unit stands.</summary>
    /// <param name="unit">The unit as its change set has it, with the values that were to be there after.</param>
    /// <param name="settled">What of it was left in place.</param>
    /// <param name="look">What is there now.</param>
    public static UnitDrift Of(Unit unit, SettledUnit settled, Observed<Look> look)
    {
        var moved = ImmutableArray.CreateBuilder<ChangeDrift>();
        var unknown = (look as Observed<Look>.Unknown)?.Code;
        foreach (var id in settled.Changes)
        {
            var change = unit.Changes.FirstOrDefault(change => change.Id == id);
            var position = change is null ? Position.Unknown : Of(change, look);
            if (position == Position.Unknown)
            {
                unknown ??= change is null ? "ChangeNotInChangeSet" : "PartNotRead";
            }
            else if (position != Position.AsAfter && look is Observed<Look>.Seen seen)
            {
                moved.Add(new ChangeDrift(change!, position, seen.Value));
            }
        }

        return new UnitDrift(unit.Id, unit.Name, settled.Run, settled.At, moved.ToImmutable(), unknown);
    }

    /// <summary>
    /// As apply compares, but that nothing is written over here: a configuration that says the same as before the run is as before, whatever
    /// defaults the service put beside it.
    /// </summary>
    private static Position Of(Change change, Observed<Look> look) => (Compare.Of(change, look), change, look) switch
    {
        (Position.Other, Change.AllowMethod allow, Observed<Look>.Seen { Value: Look.OfPolicy policy })
            when policy.Of(allow.Method).IsLike(allow.Before) => Position.AsBefore,
        var (position, _, _) => position,
    };
}
