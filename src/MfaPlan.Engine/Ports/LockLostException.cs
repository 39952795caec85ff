namespace MfaPlan.Engine.Ports;

/// <summary>The session's lock was lost, or may have been; nothing more is sent. The next session goes on with what was begun.</summary>
public sealed class LockLostException : Exception
{
    private const string Text = "The lock was lost; nothing more is sent.";

    /// <summary>Without the reason; prefer the constructor that has it.</summary>
    public LockLostException()
        : base(Text)
    {
    }

    /// <summary>With the reason.</summary>
    public LockLostException(string message)
        : base(message)
    {
    }

    /// <summary>With the reason and the failure behind it.</summary>
    public LockLostException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
