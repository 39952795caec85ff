namespace MfaPlan.Core.Changes;

/// <summary>What an attempt to send one change gave.</summary>
public abstract record SendResult
{
    private SendResult()
    {
    }

    /// <summary>A success answer (2xx).</summary>
    public sealed record Accepted(string? Request) : SendResult;

    /// <summary>A final no (4xx other than 429).</summary>
    /// <param name="Code">The service's own code, or the status where it gave none.</param>
    /// <param name="Request">The service's request id.</param>
    public sealed record Refused(string Code, string? Request) : SendResult;

    /// <summary>429: nothing took effect; not to be sent again before the wait is over.</summary>
    /// <param name="Wait">The wait by Retry-After; null where the answer carried none.</param>
    public sealed record Throttled(TimeSpan? Wait) : SendResult;

    /// <summary>No usable answer (5xx, timeout, connection cut): it may have taken effect.</summary>
    /// <param name="Why">Status or transport code.</param>
    public sealed record Ambiguous(string Why) : SendResult;
}
