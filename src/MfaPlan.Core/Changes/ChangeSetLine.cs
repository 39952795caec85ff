namespace MfaPlan.Core.Changes;

/// <summary>A line of a change set, in the order of the cases: one header, units by (stage, id), leftovers by row, one footer.</summary>
public abstract record ChangeSetLine
{
    private ChangeSetLine()
    {
    }

    /// <summary>The header.</summary>
    public sealed record Head(ChangeSetHeader Header) : ChangeSetLine;

    /// <summary>A unit.</summary>
    public sealed record Of(Unit Unit) : ChangeSetLine;

    /// <summary>A record that nobody claims.</summary>
    public sealed record Rest(Leftover Leftover) : ChangeSetLine;

    /// <summary>The footer.</summary>
    public sealed record Foot(ChangeSetFooter Footer) : ChangeSetLine;
}
