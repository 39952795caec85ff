namespace MfaPlan.Graph.SignIn;

/// <summary>No token could be had. The message names no secret and quotes nothing from outside but the service's own error number.</summary>
public sealed class SignInException : Exception
{
    /// <summary>Without a reason; prefer the constructor with code and remedy.</summary>
    public SignInException()
        : this("SignInFailed", "Check the plan's signIn section.")
    {
    }

    /// <summary>With a remedy only.</summary>
    public SignInException(string remedy)
        : this("SignInFailed", remedy)
    {
    }

    /// <summary>With a remedy and the failure behind it.</summary>
    public SignInException(string remedy, Exception innerException)
        : base($"Sign-in failed (SignInFailed). {remedy}", innerException) => (Code, Remedy) = ("SignInFailed", remedy);

    /// <summary>With the service's error number, or a word for what failed here, and what to do.</summary>
    public SignInException(string code, string remedy)
        : base($"Sign-in failed ({code}). {remedy}") => (Code, Remedy) = (code, remedy);

    /// <summary>AADSTS and a number, or a word of ours.</summary>
    public string Code { get; }

    /// <summary>What to do, as a sentence.</summary>
    public string Remedy { get; }
}
