using System.Collections.Immutable;

namespace MfaPlan.Core.Journals;

/// <summary>How far a unit of the open run is.</summary>
public abstract record UnitProgress
{
    private UnitProgress()
    {
    }

    /// <summary>Begun and not settled: perhaps sent. To be looked at again.</summary>
    /// <param name="At">When it was last begun.</param>
    /// <param name="Changes">The ids of the changes that may have been sent.</param>
    public sealed record Begun(DateTimeOffset At, ImmutableArray<string> Changes) : UnitProgress;

    /// <summary>Seen through.</summary>
    /// <param name="Outcomes">The last settle's, without request ids: those stand in the journal only.</param>
    public sealed record Settled(ImmutableArray<ChangeSettled> Outcomes) : UnitProgress;
}
