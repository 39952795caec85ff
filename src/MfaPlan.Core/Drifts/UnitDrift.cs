using System.Collections.Immutable;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Privacy;

namespace MfaPlan.Core.Drifts;

/// <summary>How a unit stands to what a run left in place.</summary>
/// <param name="Id">The unit.</param>
/// <param name="Name">The user's principal name as the change set has it; null where that could not be read, and for what is no user.</param>
/// <param name="Run">The run that left it in place.</param>
/// <param name="At">When that was seen.</param>
/// <param name="Moved">What is not as it was left, in the order of the changes.</param>
/// <param name="Unknown">Why something is not known; null when everything is. A unit of which something is unknown is never unmoved.</param>
public sealed record UnitDrift(
    UnitId Id, PersonalName? Name, string Run, DateTimeOffset At, ImmutableArray<ChangeDrift> Moved, string? Unknown)
{
    /// <summary>Whether all was seen and is as it was left.</summary>
    public bool IsUnmoved => Moved.IsEmpty && Unknown is null;

    /// <inheritdoc/>
    public bool Equals(UnitDrift? other) =>
        other is not null && Id == other.Id && Name == other.Name && Run == other.Run && At == other.At && Unknown == other.Unknown
        && Moved.AsSpan().SequenceEqual(other.Moved.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Id, Run, Moved.Length, Unknown);
}

/// <summary>A change that is no longer in place.</summary>
/// <param name="Change">The change as it was applied.</param>
/// <param name="Position">Whether all is as it was before it, or something else is there.</param>
/// <param name="Seen">What is there now.</param>
public sealed record ChangeDrift(Change Change, Position Position, Look Seen);
