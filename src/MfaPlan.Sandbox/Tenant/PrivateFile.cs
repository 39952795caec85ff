namespace MfaPlan.Sandbox.Tenant;

/// <summary>Files of the sandbox hold phone numbers and seeds: only their owner may read them.</summary>
internal static class PrivateFile
{
    public static FileStream Open(string path, FileMode mode)
    {
        var options = new FileStreamOptions
        {
            Mode = mode,
            Access = FileAccess.Write,
            Share = FileShare.Read | FileShare.Delete,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
        {
            System.IO.Directory.CreateDirectory(folder);
        }

        return new FileStream(path, options);
    }
}
