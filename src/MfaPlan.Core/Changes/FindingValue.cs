using MfaPlan.Core.Privacy;

namespace MfaPlan.Core.Changes;

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
        FindingValueKind.Label => "•••",
        _ => Text,
    };

    /// <summary>The masked value.</summary>
    public override string ToString() => $"{Name}={Show(reveal: false)}";
}
