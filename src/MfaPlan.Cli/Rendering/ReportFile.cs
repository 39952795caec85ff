namespace MfaPlan.Cli.Rendering;

/// <summary>Writes files that a command leaves for people: each whole or not at all.</summary>
internal static class ReportFile
{
    /// <summary>Writes a text under a temporary name in the same folder, then gives it its own.</summary>
    /// <param name="path">The file; replaced where it is there.</param>
    /// <param name="text">Its text.</param>
    /// <param name="ownerOnly">For personal data: no other account of the machine may read it.</param>
    public static void Write(string path, string text, bool ownerOnly = false)
    {
        var temporary = path + ".tmp";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (ownerOnly && !OperatingSystem.IsWindows())
        {
            File.Delete(temporary);
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var writer = new StreamWriter(temporary, options))
        {
            writer.Write(text);
        }

        File.Move(temporary, path, overwrite: true);
    }
}
