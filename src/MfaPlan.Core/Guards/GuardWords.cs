namespace MfaPlan.Core.Guards;

/// <summary>The words for what guards say, as files write them.</summary>
internal static class GuardWords
{
    /// <summary>The word.</summary>
    public static string Of(GuardVerdict verdict) => verdict switch
    {
        GuardVerdict.Holds => "holds",
        GuardVerdict.Unknown => "unknown",
        _ => "refuses",
    };
}
