namespace MfaPlan.State.Journals;

/// <summary>A segment on disk; others may read it meanwhile.</summary>
internal sealed class SegmentFile : ISegmentFile
{
    private readonly FileStream _stream;

    private SegmentFile(FileStream stream) => _stream = stream;

    /// <summary>Opens a segment at its end, or makes it and its name durable.</summary>
    public static ISegmentFile Open(string path)
    {
        var stream = new FileStream(path, WholeFile.Options(FileMode.OpenOrCreate, FileShare.Read));
        stream.Seek(0, SeekOrigin.End);
        FolderFlush.Now(Path.GetDirectoryName(path) ?? path);
        return new SegmentFile(stream);
    }

    /// <inheritdoc/>
    public ValueTask AppendAsync(ReadOnlyMemory<byte> bytes)
    {
        _stream.Write(bytes.Span);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask FlushAsync()
    {
        RandomAccess.FlushToDisk(_stream.SafeFileHandle);

        // Where the folder was taken away meanwhile, the system would go on writing into a file that has no name.
        if (!File.Exists(_stream.Name))
        {
            throw new FileNotFoundException($"{_stream.Name} is gone.", _stream.Name);
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _stream.DisposeAsync();
}
