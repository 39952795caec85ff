namespace MfaPlan.State;

/// <summary>A new file of the state, held alone; a disk that does not take it is told by its code.</summary>
internal class StateFileStream : FileStream
{
    private readonly string _path;

    private StateFileStream(string path, FileStreamOptions options)
        : base(path, options) => _path = path;

    /// <summary>Holds a file that was opened so.</summary>
    protected StateFileStream(string path)
        : this(path, WholeFile.Options(FileMode.CreateNew, FileShare.None))
    {
    }

    /// <summary>Makes a file.</summary>
    /// <exception cref="StateException">It cannot be made.</exception>
    public static StateFileStream Create(string path) => Made(path, static name => new StateFileStream(name));

    /// <inheritdoc/>
    /// <remarks>The other ways to write end here, as those of every stream that is made from a file's do.</remarks>
    public override void Write(byte[] buffer, int offset, int count)
    {
        try
        {
            base.Write(buffer, offset, count);
        }
        catch (Exception exception) when (Unwritable.Is(exception))
        {
            throw Unwritable.Because(_path, exception);
        }
    }

    /// <summary>Makes a file, or says why not.</summary>
    protected static T Made<T>(string path, Func<string, T> make)
    {
        try
        {
            return make(path);
        }
        catch (Exception exception) when (Unwritable.Is(exception))
        {
            throw Unwritable.Because(path, exception);
        }
    }
}
