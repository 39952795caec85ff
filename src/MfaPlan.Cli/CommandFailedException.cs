namespace MfaPlan.Cli;

/// <summary>A command cannot go on, for a reason that the user can read and mend; caught once, at the top.</summary>
internal sealed class CommandFailedException : Exception
{
    public CommandFailedException()
        : this(ExitCodes.Failed, "MFP5000", "The command failed.")
    {
    }

    public CommandFailedException(string message)
        : this(ExitCodes.Failed, "MFP5000", message)
    {
    }

    public CommandFailedException(string message, Exception innerException)
        : base(message, innerException)
    {
        Code = "MFP5000";
        ExitCode = ExitCodes.Failed;
    }

    /// <param name="exitCode">What the process says.</param>
    /// <param name="code">The diagnostic's code.</param>
    /// <param name="message">What is wrong and what to do.</param>
    public CommandFailedException(int exitCode, string code, string message)
        : base(message)
    {
        ExitCode = exitCode;
        Code = code;
    }

    /// <summary>What the process says.</summary>
    public int ExitCode { get; }

    /// <summary>The diagnostic's code.</summary>
    public string Code { get; }
}
