namespace MfaPlan.Engine.Ports;

/// <summary>
/// The journal could not be written or flushed and stops for good: after a failed flush nobody knows what is on the
/// disk. The next session reads what is really there.
/// </summary>
public sealed class JournalBrokenException : Exception
{
    private const string Text = "The journal could not be written; nothing more is sent. Run the command again once the disk is well.";

    /// <summary>Without the failure; prefer the constructor that has it.</summary>
    public JournalBrokenException()
        : base(Text)
    {
    }

    /// <summary>With a message of its own.</summary>
    public JournalBrokenException(string message)
        : base(message)
    {
    }

    /// <summary>With the failure that stopped the journal.</summary>
    public JournalBrokenException(Exception innerException)
        : base(Text, innerException)
    {
    }

    /// <summary>With a message and the failure that stopped the journal.</summary>
    public JournalBrokenException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
