using MfaPlan.Core.Changes;

namespace MfaPlan.Engine.Applying;

/// <summary>How an apply goes about it.</summary>
public sealed record ApplyOptions
{
    /// <summary>How long an answer is awaited. Calls to authentication methods can take up to 60 s.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>How long a write may take to show: the replication lag that is reckoned with. Nothing is sent a second time before it is over.</summary>
    public TimeSpan SettleWindow { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Units worked on at once, those that only wait included. From 1.</summary>
    public int UnitsAtOnce { get; init; } = 128;

    /// <summary>Times one change is sent in one sitting when answers stay out. From 1.</summary>
    public int Attempts { get; init; } = 4;

    /// <summary>Users written in this sitting; null for all.</summary>
    public long? MaxUsers { get; init; }

    /// <summary>
    /// Asked of a unit right before its first send: null lets it go, a code is what stands in its way, and nothing is sent. Null asks nobody.
    /// </summary>
    public Func<Unit, CancellationToken, Task<string?>>? StandsInTheWay { get; init; }

    /// <summary>Units that a person carries out: they are only looked at, and stay open until they are in place. Null for none.</summary>
    public Func<Unit, bool>? ByHand { get; init; }

    /// <summary>Users whose data may have moved since the preview before the run stops; null for any number.</summary>
    public long? MaxMoved { get; init; }
}
