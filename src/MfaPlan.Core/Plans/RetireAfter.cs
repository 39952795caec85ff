namespace MfaPlan.Core.Plans;

/// <summary>When the rollout policy is retired.</summary>
public enum RetireAfter
{
    /// <summary>After the cut-over.</summary>
    CutOver = 0,

    /// <summary>It stays.</summary>
    Never = 1,
}
