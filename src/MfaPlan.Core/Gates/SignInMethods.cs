namespace MfaPlan.Core.Gates;

/// <summary>The kinds of method that the sign-in log tells apart.</summary>
[Flags]
public enum SignInMethods
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Calls and text messages.</summary>
    CallOrText = 1,

    /// <summary>Notifications of an app.</summary>
    Push = 2,

    /// <summary>Codes of an app or a token; the log's names do not tell a hardware token apart.</summary>
    Code = 4,

    /// <summary>A name that the data file does not have.</summary>
    Unknown = 8,
}
