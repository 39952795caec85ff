namespace MfaPlan.Core.Plans;

/// <summary>What becomes of a match by name whose SIDs differ.</summary>
public enum SidMismatch
{
    /// <summary>Refused: the name may have been given to a new person.</summary>
    Refuse = 0,

    /// <summary>Accepted: the author knows that SIDs changed, for example by a domain migration.</summary>
    Accept = 1,
}
