namespace MfaPlan.Sandbox.Tenant;

/// <summary>A value that readers see late: after a write the old one is shown until replication is over.</summary>
/// <remarks>Writers hold a lock of their own around <see cref="Current"/> and <see cref="Write"/>; readers need
/// none.</remarks>
internal sealed class Versioned<T>(T initial)
{
    private State _state = new(initial, []);

    /// <summary>The newest value; what writes are checked against.</summary>
    public T Current => Volatile.Read(ref _state).Value;

    /// <summary>Another object after every write; for caches.</summary>
    public object Version => Volatile.Read(ref _state);

    /// <summary>What a GET shows at an instant.</summary>
    public T Seen(DateTimeOffset now)
    {
        foreach (var (value, until) in Volatile.Read(ref _state).Older)
        {
            if (now < until)
            {
                return value;
            }
        }

        return Current;
    }

    /// <summary>Puts a new value in place; it is shown after the delay.</summary>
    public void Write(T value, DateTimeOffset now, TimeSpan delay)
    {
        var state = Volatile.Read(ref _state);
        (T, DateTimeOffset)[] older = delay > TimeSpan.Zero
            ? [.. state.Older.Where(old => old.Until > now), (state.Value, now + delay)]
            : [];
        Volatile.Write(ref _state, new State(value, older));
    }

    private sealed record State(T Value, (T Value, DateTimeOffset Until)[] Older);
}
