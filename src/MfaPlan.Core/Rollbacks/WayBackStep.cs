namespace MfaPlan.Core.Rollbacks;

/// <summary>One step of the way back.</summary>
/// <param name="Stage">The stage that it undoes; <c>server</c> for what is MFA Server's own.</param>
/// <param name="Kind">How it is done.</param>
/// <param name="What">What is done, for people.</param>
/// <param name="Users">Users affected; null where their number is not known.</param>
public sealed record WayBackStep(string Stage, WayBackKind Kind, string What, long? Users)
{
    /// <summary>The run that it undoes; null for a step of the guide.</summary>
    public string? Run { get; init; }

    /// <summary>The change set that would be applied, which can be shown and approved; null where there is none.</summary>
    public string? Digest { get; init; }

    /// <summary>What follows <c>mfaplan rollback PLAN</c>; null where the runner does nothing.</summary>
    public string? Arguments { get; init; }

    /// <summary>Why it is not automatic, or what to know of it; empty for nothing.</summary>
    public string Reason { get; init; } = "";

    /// <summary>A kind for people and documents.</summary>
    public static string WordOf(WayBackKind kind) => kind switch
    {
        WayBackKind.Automatic => "automatic",
        WayBackKind.ByHand => "by hand",
        WayBackKind.Impossible => "impossible",
        WayBackKind.Unknown => "unknown",
        _ => "nothing",
    };
}
