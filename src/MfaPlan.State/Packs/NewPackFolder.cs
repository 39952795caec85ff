using MfaPlan.Engine.Ports;

namespace MfaPlan.State.Packs;

/// <summary>
/// A new folder for an evidence pack: under a temporary name beside it until it is complete, then renamed. Disposed before that, it is gone.
/// Folders and files are for the owner alone.
/// </summary>
public sealed class NewPackFolder : PackFolder, IPackTarget, IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly string _path;
    private readonly HashSet<string> _folders = new(StringComparer.Ordinal);
    private bool _named;

    private NewPackFolder(string temporary, string path)
        : base(temporary) => _path = path;

    /// <summary>Whether a folder of this name can become a pack: there is none, or an empty one.</summary>
    /// <param name="path">Full path.</param>
    public static bool IsFree(string path) => !File.Exists(path) && (!Directory.Exists(path) || !Directory.EnumerateFileSystemEntries(path).Any());

    /// <summary>Begins a pack.</summary>
    /// <param name="path">Its own name; full path.</param>
    /// <exception cref="IOException">Nothing can be made there.</exception>
    public static NewPackFolder Begin(string path)
    {
        var above = Path.GetDirectoryName(path) ?? throw new IOException($"{path} is no folder for a pack.");
        Directory.CreateDirectory(above);
        var temporary = WholeFile.TemporaryPathIn(above);
        Make(temporary);
        return new NewPackFolder(temporary, path);
    }

    /// <inheritdoc/>
    public Stream Create(string path)
    {
        // One by one: of several made at once, only the last would be for the owner alone.
        for (var at = path.IndexOf('/', StringComparison.Ordinal); at > 0; at = path.IndexOf('/', at + 1))
        {
            var folder = PathOf(path[..at]);
            Make(folder);
            _folders.Add(folder);
        }

        return new Durable(PathOf(path));
    }

    /// <summary>Gives the pack its name.</summary>
    /// <exception cref="IOException">Something has taken it meanwhile.</exception>
    public void Commit()
    {
        foreach (var folder in _folders.Append(Folder))
        {
            FolderFlush.Now(folder);
        }

        if (Directory.Exists(_path))
        {
            // Only an empty folder goes away so.
            Directory.Delete(_path);
        }

        Directory.Move(Folder, _path);
        _named = true;
        FolderFlush.Now(Path.GetDirectoryName(_path)!);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_named && Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }
    }

    private static void Make(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, OwnerOnly);
        }
    }

    /// <summary>A file whose bytes are on the disk when it is closed.</summary>
    private sealed class Durable(string path) : FileStream(path, Buffered())
    {
        private const int BufferBytes = 64 * 1024;

        private bool _closed;

        public override ValueTask DisposeAsync()
        {
            Settle();
            return base.DisposeAsync();
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                Settle();
            }

            base.Dispose(disposing);
        }

        private static FileStreamOptions Buffered()
        {
            var options = WholeFile.Options(FileMode.CreateNew, FileShare.None);
            options.BufferSize = BufferBytes;
            return options;
        }

        private void Settle()
        {
            if (!_closed)
            {
                _closed = true;
                Flush(flushToDisk: true);
            }
        }
    }
}
