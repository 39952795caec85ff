namespace MfaPlan.State.Journals;

/// <summary>
/// The end of a segment as the appender needs it; a seam, so that tests can count and break writes and flushes.
/// </summary>
internal interface ISegmentFile : IDisposable
{
    /// <summary>Writes bytes at the end, all of them.</summary>
    void Append(ReadOnlySpan<byte> bytes);

    /// <summary>Returns when what was written is on the disk.</summary>
    void Flush();
}
