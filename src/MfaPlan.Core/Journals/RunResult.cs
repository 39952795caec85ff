namespace MfaPlan.Core.Journals;

/// <summary>The words for how a run ended.</summary>
public static class RunResult
{
    /// <summary>Every change is in place.</summary>
    public const string Complete = "complete";

    /// <summary>Every unit was seen through, and some change is not in place.</summary>
    public const string Incomplete = "incomplete";

    /// <summary>Closed by a person before its end.</summary>
    public const string Abandoned = "abandoned";
}
