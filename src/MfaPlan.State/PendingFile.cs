namespace MfaPlan.State;

/// <summary>A file under a temporary name; disposed without <see cref="Commit"/>, it is gone.</summary>
internal sealed class PendingFile : StateFileStream
{
    private bool _committed;

    private PendingFile(string path)
        : base(path)
    {
    }

    /// <summary>Begins a file in a folder.</summary>
    /// <exception cref="StateException">It cannot be made.</exception>
    public static PendingFile In(string folder) => Made(WholeFile.TemporaryPathIn(folder), static name => new PendingFile(name));

    /// <summary>Makes the content durable, closes it and gives it its name.</summary>
    /// <param name="path">The name, in the same folder.</param>
    /// <exception cref="StateException">The disk does not take it; then it is gone.</exception>
    public void Commit(string path)
    {
        try
        {
            RandomAccess.FlushToDisk(SafeFileHandle);
        }
        catch (Exception exception) when (Unwritable.Is(exception))
        {
            throw Unwritable.Because(path, exception);
        }

        _committed = true;
        Dispose();
        WholeFile.Rename(Name, path);
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        DeleteUnlessCommitted();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            DeleteUnlessCommitted();
        }
    }

    private void DeleteUnlessCommitted()
    {
        if (!_committed)
        {
            File.Delete(Name);
        }
    }
}
