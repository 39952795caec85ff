namespace MfaPlan.State;

/// <summary>A file under a temporary name; disposed without <see cref="Commit"/>, it is gone.</summary>
internal sealed class PendingFile(string folder)
    : FileStream(WholeFile.TemporaryPathIn(folder), WholeFile.Options(FileMode.CreateNew, FileShare.None))
{
    private bool _committed;

    /// <summary>Makes the content durable, closes it and gives it its name.</summary>
    /// <param name="path">The name, in the same folder.</param>
    public void Commit(string path)
    {
        RandomAccess.FlushToDisk(SafeFileHandle);
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
