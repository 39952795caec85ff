namespace MfaPlan.Engine.Ports;

/// <summary>A signature could not be made or checked: nothing is known of it.</summary>
public sealed class SigningException : Exception
{
    /// <summary>Nothing is known of why.</summary>
    public SigningException()
        : this("The signature could not be made or checked.")
    {
    }

    /// <summary>The key cannot be used.</summary>
    /// <param name="message">What is wrong and what to do.</param>
    public SigningException(string message)
        : base(message)
    {
    }

    /// <summary>The tool cannot be run.</summary>
    /// <param name="message">What is wrong and what to do.</param>
    /// <param name="innerException">Why.</param>
    public SigningException(string message, Exception innerException)
        : base(message, innerException) => ToolFailed = true;

    /// <summary>Whether it is the tool, and not the key.</summary>
    public bool ToolFailed { get; }
}
