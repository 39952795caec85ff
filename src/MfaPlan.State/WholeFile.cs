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
    /// <param name="after">Told after each step; tests end the writing there.</param>
    /// <exception cref="StateException">It cannot be written; what was there is as it was.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content, bool replace = true, Action<WriteStep>? after = null)
    {
        var temporary = TemporaryPathIn(FolderOf(path));
        try
        {
            using (var stream = new FileStream(temporary, Options(FileMode.CreateNew, FileShare.None)))
            {
                after?.Invoke(WriteStep.Made);
                stream.Write(content);
                after?.Invoke(WriteStep.Written);
                RandomAccess.FlushToDisk(stream.SafeFileHandle);
            }

            after?.Invoke(WriteStep.Flushed);
            File.Move(temporary, path, replace);
            after?.Invoke(WriteStep.Named);
            FolderFlush.Now(FolderOf(path));
        }
        catch (Exception exception) when (Unwritable.Is(exception))
        {
            Forget(temporary);
            throw Unwritable.Because(path, exception);
        }
    }

    /// <summary>Gives a file its name.</summary>
    /// <exception cref="StateException">It cannot be given.</exception>
    public static void Rename(string temporary, string path, bool replace = true)
    {
        try
        {
            File.Move(temporary, path, replace);
            FolderFlush.Now(FolderOf(path));
        }
        catch (Exception exception) when (Unwritable.Is(exception))
        {
            throw Unwritable.Because(path, exception);
        }
    }

    /// <summary>A name in a folder that nothing has.</summary>
    public static string TemporaryPathIn(string folder) =>
        Path.Combine(folder, TemporaryPrefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(ChanceBytes)));

    /// <summary>Makes a folder for the owner alone; one that is there stays as it is.</summary>
    /// <exception cref="StateException">It cannot be made.</exception>
    public static void MakeFolder(string path)
    {
        try
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
        catch (Exception exception) when (Unwritable.Is(exception))
        {
            throw Unwritable.Because(path, exception);
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

    private static void Forget(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception exception) when (Unwritable.Is(exception))
        {
            // The disk is in trouble; the next session clears it away.
        }
    }

    private static string FolderOf(string path) => Path.GetDirectoryName(Path.GetFullPath(path)) ?? throw new IOException($"{path} is no file.");
}
