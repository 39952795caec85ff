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

    /// <summary>A text that people chose freely, such as the name of a device; nothing of it is shown unless asked for.</summary>
    Label = 3,
}
