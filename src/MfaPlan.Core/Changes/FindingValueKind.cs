namespace MfaPlan.Core.Changes;

/// <summary>What kind of value a finding names, and so whether it is personal.</summary>
public enum FindingValueKind
{
    /// <summary>Not personal: a rule, a count, a method, a row number, an object id.</summary>
    Plain = 0,

    /// <summary>A phone number, masked unless asked for.</summary>
    Phone = 1,

    /// <summary>A user name, masked unless asked for.</summary>
    Name = 2,
}
