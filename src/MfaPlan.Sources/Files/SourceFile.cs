using System.Security;
using MfaPlan.Core.Diagnostics;
using MfaPlan.Core.Sources;

namespace MfaPlan.Sources.Files;

/// <summary>Opens files of the on-premises side, always for reading only.</summary>
internal static class SourceFile
{
    /// <summary>Opens a file, or says why not.</summary>
    /// <param name="file">The file.</param>
    /// <param name="problem">What to tell the author when there is no stream.</param>
    public static FileStream? Open(InputFile file, out Diagnostic? problem)
    {
        try
        {
            if (Directory.Exists(file.FullPath))
            {
                problem = SourceDiagnostics.IsFolderAt(file.Path);
                return null;
            }

            problem = null;
            return new FileStream(file.FullPath, new FileStreamOptions
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
            problem = SourceDiagnostics.MissingAt(file.Path);
            return null;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException or SecurityException
                                            or ArgumentException or NotSupportedException)
        {
            problem = SourceDiagnostics.UnreadableAt(file.Path, refused.GetType().Name);
            return null;
        }
    }
}
