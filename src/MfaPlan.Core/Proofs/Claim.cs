namespace MfaPlan.Core.Proofs;

/// <summary>Whether something is so, as far as it can be known. What cannot be judged is neither yes nor no.</summary>
public enum Claim
{
    /// <summary>It is not so.</summary>
    No = 0,

    /// <summary>It cannot be judged.</summary>
    Unknown = 1,

    /// <summary>It is so.</summary>
    Yes = 2,
}
