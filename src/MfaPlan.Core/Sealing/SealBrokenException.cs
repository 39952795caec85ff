namespace MfaPlan.Core.Sealing;

/// <summary>A sealed file cannot be read, wholly or from some block on; nothing that was read of it counts.</summary>
public sealed class SealBrokenException : Exception
{
    private const string Text = "The sealed file is not what was written.";

    /// <summary>The bytes are wrong.</summary>
    public SealBrokenException()
        : base(Text)
    {
    }

    /// <summary>The bytes are wrong, and it can be said how.</summary>
    public SealBrokenException(string message)
        : base(message)
    {
    }

    /// <summary>The bytes are wrong, by the failure behind it.</summary>
    public SealBrokenException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>With the flaw.</summary>
    public SealBrokenException(SealFlaw flaw, string message)
        : base(message) => Flaw = flaw;

    /// <summary>What is wrong.</summary>
    public SealFlaw Flaw { get; }
}
