namespace MfaPlan.Core.Proofs;

/// <summary>How far a policy reaches, for a user whom it is about.</summary>
public enum Reach
{
    /// <summary>Every sign-in to every resource.</summary>
    Everywhere = 0,

    /// <summary>All resources but some, or all at some places, devices or clients: enough to be locked out, not enough to prove a demand.</summary>
    Most = 1,

    /// <summary>Particular resources, actions or occasions.</summary>
    Some = 2,

    /// <summary>Nobody can tell: a condition is set that this version does not know.</summary>
    Unknown = 3,
}
