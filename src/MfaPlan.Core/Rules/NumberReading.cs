using MfaPlan.Core.Privacy;

namespace MfaPlan.Core.Rules;

/// <summary>What became of a source's phone when it was read as a number.</summary>
public abstract record NumberReading
{
    private NumberReading()
    {
    }

    /// <summary>There is no number.</summary>
    public sealed record Empty : NumberReading;

    /// <summary>A number to use.</summary>
    /// <param name="Value">In Graph's form, with the extension if there is one.</param>
    /// <param name="Repair">What was mended, in a word for people; null when the digits stand as they were.</param>
    /// <param name="Assigned">Whether the number lies in a range that the number data knows as assigned.</param>
    public sealed record Usable(PhoneNumber Value, string? Repair, bool Assigned) : NumberReading;

    /// <summary>No number can be read from it.</summary>
    /// <param name="Reason">Why, in a few words for people, without digits.</param>
    public sealed record Unreadable(string Reason) : NumberReading;
}
