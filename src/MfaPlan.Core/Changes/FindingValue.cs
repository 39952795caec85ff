using MfaPlan.Core.Privacy;

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

/// <summary>A named value of a finding.</summary>
/// <param name="Name">The name that the finding's template uses.</param>
/// <param name="Text">The value in clear; sealed at rest.</param>
/// <param name="Kind">Whether it is personal, and how it is masked.</param>
public readonly record struct FindingValue(string Name, string Text, FindingValueKind Kind)
{
    /// <summary>The value for a reader.</summary>
    /// <param name="reveal">Whether the reader asked for personal data and may see it.</param>
    public string Show(bool reveal) => reveal ? Text : Kind switch
    {
        FindingValueKind.Phone => Mask.Phone(Text),
        FindingValueKind.Name => Mask.Name(Text),
        _ => Text,
    };

    /// <summary>The masked value.</summary>
    public override string ToString() => $"{Name}={Show(reveal: false)}";
}
