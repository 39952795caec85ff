namespace MfaPlan.Core.Diagnostics;

/// <summary>How much a diagnostic or finding weighs.</summary>
public enum Severity
{
    /// <summary>Worth knowing; nothing is wrong.</summary>
    Info = 0,

    /// <summary>Something is left undone or differs; the work goes on.</summary>
    Warning = 1,

    /// <summary>The thing named is not carried out until this is mended.</summary>
    Error = 2,
}
