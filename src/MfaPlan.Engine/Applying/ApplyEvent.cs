using System.Collections.Immutable;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Journals;

namespace MfaPlan.Engine.Applying;

/// <summary>What happens during an apply, told as it happens. Writes never wait for the listener.</summary>
public abstract record ApplyEvent
{
    private ApplyEvent()
    {
    }

    /// <summary>A run began, or an open one goes on.</summary>
    public sealed record Started(string RunId, string Digest, bool Resumed, long Units, long Settled) : ApplyEvent;

    /// <summary>A unit came to its end.</summary>
    public sealed record UnitEnded(Unit Unit, ImmutableArray<ChangeSettled> Outcomes) : ApplyEvent;

    /// <summary>A unit that an earlier run began waits until a send is safe again.</summary>
    public sealed record Waiting(UnitId Unit, DateTimeOffset Until) : ApplyEvent;

    /// <summary>A unit is not in place, and a person carries it out.</summary>
    public sealed record AwaitsHand(Unit Unit) : ApplyEvent;

    /// <summary>The budget for writes pauses.</summary>
    public sealed record Throttled(UnitId Unit, TimeSpan? Wait) : ApplyEvent;
}
