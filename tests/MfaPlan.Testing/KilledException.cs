namespace MfaPlan.Testing;

/// <summary>The process is gone: thrown by fakes at a chosen step, caught by no code under test.</summary>
public sealed class KilledException : Exception
{
    /// <summary>Killed.</summary>
    public KilledException()
        : base("The process was killed here.")
    {
    }

    /// <summary>Killed, with where.</summary>
    public KilledException(string message)
        : base(message)
    {
    }

    /// <summary>Killed, with where and why.</summary>
    public KilledException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
