namespace MfaPlan.Sandbox;

/// <summary>A tenant file, or the state beside it, that cannot be read; the message names place, problem and
/// remedy.</summary>
public sealed class SandboxFileException : Exception
{
    /// <summary>Creates the exception without a message.</summary>
    public SandboxFileException()
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">Path, place in the file, what is wrong, what to do.</param>
    public SandboxFileException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with what was thrown while reading.</summary>
    /// <param name="message">Path, place in the file, what is wrong, what to do.</param>
    /// <param name="innerException">What the reader threw.</param>
    public SandboxFileException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
