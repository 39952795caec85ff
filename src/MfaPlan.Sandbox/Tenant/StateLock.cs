namespace MfaPlan.Sandbox.Tenant;

/// <summary>Keeps a second sandbox from the same state; the system lets go of it when the process ends.</summary>
internal sealed class StateLock : IDisposable
{
    private readonly FileStream _stream;

    private StateLock(FileStream stream) => _stream = stream;

    public static string PathOf(string stateFile) => stateFile + ".lock";

    /// <summary>Takes the lock.</summary>
    /// <exception cref="SandboxFileException">Another sandbox has it.</exception>
    public static StateLock Take(string stateFile)
    {
        var path = PathOf(stateFile);
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
        {
            System.IO.Directory.CreateDirectory(folder);
        }

        try
        {
            return new(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException problem) when (problem is not (DirectoryNotFoundException or PathTooLongException))
        {
            throw new SandboxFileException(
                $"{stateFile}: another sandbox is running on this state. Stop it, or speak to it over HTTP.",
                problem);
        }
    }

    public void Dispose() => _stream.Dispose();
}
