using System.Security;
using MfaPlan.Core.Diagnostics;
using MfaPlan.Core.Sources;

namespace MfaPlan.Sources.Files;

/// <summary>Opens files of the on-premises side, always for reading only.</summary>
internal static class SourceFile
{
    /// <summary>Opens a file, or says why not.</summary>
    /// <param name="path">The file.</param>
    /// <param name="problem">What to tell the author when there is no stream.</param>
    public static FileStream? Open(string path, out Diagnostic? problem)
    {
        try
        {
            if (Directory.Exists(path))
            {
                problem = SourceDiagnostics.IsFolderAt(path);
                return null;
            }

            problem = null;
            return new FileStream(path, new FileStreamOptions
            {
                Mode = FileMode.Open,
                Access = FileAccess.Read,
                Share = FileShare.Read,
                BufferSize = 0,
                Options = FileOptions.Asynchronous | FileOptions.SequentialScan,
            });
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            problem = SourceDiagnostics.MissingAt(path);
            return null;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException or SecurityException
                                            or ArgumentException or NotSupportedException)
        {
            problem = SourceDiagnostics.UnreadableAt(path, refused.GetType().Name);
            return null;
        }
    }
}
