namespace MfaPlan.Core.Tenants;

/// <summary>What a read of the tenant gave: a value with its time, or the reason why nothing is known.</summary>
public abstract record Observed<T>
{
    private Observed()
    {
    }

    /// <summary>Read successfully; a missing object is a seen value of its own.</summary>
    /// <param name="Value">What was read.</param>
    /// <param name="At">When, by the tenant's clock where it says so.</param>
    public sealed record Seen(T Value, DateTimeOffset At) : Observed<T>;

    /// <summary>Not read: nothing may be concluded, least of all that there is nothing.</summary>
    /// <param name="Code">The service's error code or the transport's, without personal data.</param>
    public sealed record Unknown(string Code) : Observed<T>;

    /// <summary>The value or, where nothing is known, the given one; only for display.</summary>
    public T? SeenOrDefault => this is Seen seen ? seen.Value : default;
}
