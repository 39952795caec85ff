using System.Security.Cryptography;

namespace MfaPlan.State;

/// <summary>Files that are there wholly or not at all, for the owner alone.</summary>
internal static class WholeFile
{
    /// <summary>How the names of files begin that are not there yet.</summary>
    public const string TemporaryPrefix = ".tmp-";

    private const int ChanceBytes = 8;

    /// <summary>Writes a file under a temporary name, makes it durable, and gives it its own.</summary>
    /// <param name="path">Its own name.</param>
    /// <param name="content">Its bytes.</param>
    /// <param name="replace">Whether a file of that name is replaced.</param>
    /// <exception cref="IOException">There is one, and it is not to be replaced.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content, bool replace = true)
    {
        var temporary = TemporaryPathIn(FolderOf(path));
        using (var stream = new FileStream(temporary, Options(FileMode.CreateNew, FileShare.None)))
        {
            stream.Write(content);
            RandomAccess.FlushToDisk(stream.SafeFileHandle);
        }

        Rename(temporary, path, replace);
    }

    /// <summary>Gives a file its name.</summary>
    public static void Rename(string temporary, string path, bool replace = true)
    {
        File.Move(temporary, path, replace);
        FolderFlush.Now(FolderOf(path));
    }

    /// <summary>A name in a folder that nothing has.</summary>
    public static string TemporaryPathIn(string folder) =>
        Path.Combine(folder, TemporaryPrefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(ChanceBytes)));

    /// <summary>Makes a folder for the owner alone; one that is there stays as it is.</summary>
    public static void MakeFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    /// <summary>How files are opened to be written.</summary>
    public static FileStreamOptions Options(FileMode mode, FileShare share)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = share, BufferSize = 0 };
        if (mode != FileMode.Open && !OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }

    private static string FolderOf(string path) => Path.GetDirectoryName(Path.GetFullPath(path)) ?? throw new IOException($"{path} is no file.");
}
