using System.Collections.Immutable;

namespace MfaPlan.State.Journals;

/// <summary>Segments as files of a folder.</summary>
internal sealed class JournalFolder(string path) : ISegments
{
    /// <summary>The folder.</summary>
    public string Path => path;

    /// <summary>The file of a segment.</summary>
    /// <param name="number">From 1.</param>
    public string PathOf(int number) => System.IO.Path.Combine(path, SegmentName.Of(number));

    /// <inheritdoc/>
    public ImmutableArray<int> Numbers() => Directory.Exists(path)
        ? SegmentName.Numbers(Directory.EnumerateFiles(path, "*" + SegmentName.Extension).Select(static file => System.IO.Path.GetFileName(file)))
        : [];

    /// <inheritdoc/>
    public Stream OpenRead(int number) => new FileStream(
        PathOf(number), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
}
