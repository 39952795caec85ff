namespace MfaPlan.Core.Gates;

/// <summary>How a gate stands, the better first.</summary>
public enum GateResult
{
    /// <summary>What was asked for holds.</summary>
    Open = 0,

    /// <summary>Evidence is missing: the gate holds.</summary>
    NotYetKnown = 1,

    /// <summary>The evidence speaks against going on.</summary>
    Closed = 2,
}
