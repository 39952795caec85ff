namespace MfaPlan.Core.Journals;

/// <summary>The kinds of lines, in the words that the journal uses.</summary>
internal enum LineKind
{
    Segment = 0,
    Run = 1,
    Begin = 2,
    Settle = 3,
    Gate = 4,
    Close = 5,
    Takeover = 6,
    Recovered = 7,
}
