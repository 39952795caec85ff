namespace MfaPlan.State.Journals;

/// <summary>
/// The end of a segment as the appender needs it; a seam, so that tests can count and break writes and flushes.
/// </summary>
internal interface ISegmentFile : IAsyncDisposable
{
    /// <summary>Writes bytes at the end, all of them.</summary>
    ValueTask AppendAsync(ReadOnlyMemory<byte> bytes);

    /// <summary>Ends when what was written outlives the machine.</summary>
    ValueTask FlushAsync();
}
