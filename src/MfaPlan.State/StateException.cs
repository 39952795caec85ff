using MfaPlan.Core.Diagnostics;

namespace MfaPlan.State;

/// <summary>The state cannot be used as asked.</summary>
public sealed class StateException : Exception
{
    /// <summary>Without a reason; prefer the constructor that says what to do.</summary>
    public StateException()
        : this("The state cannot be used.")
    {
    }

    /// <summary>With a reason only; prefer the constructor that says what to do.</summary>
    public StateException(string message)
        : base(message)
    {
    }

    /// <summary>With a reason and the failure behind it.</summary>
    public StateException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Says what is wrong and what to do.</summary>
    /// <param name="diagnostic">One of <see cref="StateDiagnostics"/>.</param>
    /// <param name="message">What is wrong.</param>
    /// <param name="remedy">What to do, and where it matters what works meanwhile.</param>
    /// <param name="innerException">The failure behind it.</param>
    public StateException(DiagnosticDescriptor diagnostic, string message, string remedy, Exception? innerException = null)
        : base(message, innerException)
    {
        Diagnostic = diagnostic;
        Remedy = remedy;
    }

    /// <summary>One of <see cref="StateDiagnostics"/>.</summary>
    public DiagnosticDescriptor Diagnostic { get; } = StateDiagnostics.Damaged;

    /// <summary>The diagnostic's code.</summary>
    public string Code => Diagnostic.Code;

    /// <summary>What to do.</summary>
    public string Remedy { get; } = string.Empty;
}
