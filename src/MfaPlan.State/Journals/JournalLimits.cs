namespace MfaPlan.State.Journals;

/// <summary>When a segment is full.</summary>
/// <param name="Bytes">Its size, in bytes.</param>
/// <param name="Appends">Writes to it; of an earlier session its lines are counted, which are no fewer. Azure's append
/// blobs take 50,000.</param>
internal sealed record JournalLimits(long Bytes, int Appends)
{
    /// <summary>64 MiB or 40,000 appends.</summary>
    public static JournalLimits Default { get; } = new(64L * 1024 * 1024, 40_000);
}
