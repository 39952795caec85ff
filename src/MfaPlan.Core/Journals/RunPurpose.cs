namespace MfaPlan.Core.Journals;

/// <summary>The words for what a run is for.</summary>
public static class RunPurpose
{
    /// <summary>Carries a plan's stage out.</summary>
    public const string Apply = "apply";

    /// <summary>Undoes what an earlier run applied.</summary>
    public const string Rollback = "rollback";
}
