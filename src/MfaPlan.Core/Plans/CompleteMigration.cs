namespace MfaPlan.Core.Plans;

/// <summary>Whether the methods policy migration is completed.</summary>
public enum CompleteMigration
{
    /// <summary>Left to the administrator.</summary>
    Never = 0,

    /// <summary>Completed after the cut-over.</summary>
    AfterCutOver = 1,
}
