namespace MfaPlan.State;

/// <summary>What several refusals say alike.</summary>
internal static class StateRemedies
{
    /// <summary>What works without a key, and what does not.</summary>
    public const string WithoutKey =
        " Until then \"status\", \"validate\" and \"explain\" work, which need no key; \"preview\", \"show\", \"apply\" and \"rollback\" do not.";
}
