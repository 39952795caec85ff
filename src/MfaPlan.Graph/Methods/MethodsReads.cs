namespace MfaPlan.Graph.Methods;

/// <summary>The requests that authentication data comes from.</summary>
[Flags]
internal enum MethodsReads
{
    None = 0,

    /// <summary>phoneMethods: phones alone.</summary>
    Phones = 1,

    /// <summary>methods: everything registered. On beta, since v1.0 has no type for hardware tokens.</summary>
    Methods = 2,

    /// <summary>signInPreferences. Beta only.</summary>
    Preferences = 4,

    /// <summary>requirements: the per-user MFA state. Beta only.</summary>
    Requirements = 8,
}
