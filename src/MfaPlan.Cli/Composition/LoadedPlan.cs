using MfaPlan.Core.Diagnostics;
using MfaPlan.Core.Plans;

namespace MfaPlan.Cli.Composition;

/// <summary>A plan that was read and is valid, with where it stands.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Path">The path as the user gave it.</param>
/// <param name="Folder">The plan's own folder, full; relative paths of the plan start there.</param>
/// <param name="Digest">SHA-256 (hex) of its text.</param>
internal sealed record LoadedPlan(Plan Plan, string Path, string Folder, string Digest)
{
    /// <summary>A path of the plan as a full path.</summary>
    public string Resolve(string path) => System.IO.Path.GetFullPath(path, Folder);

    /// <summary>The state's folder.</summary>
    public string StateFolder => Resolve(Plan.State.Path);

    /// <summary>Reads a plan file; every problem is a diagnostic.</summary>
    /// <param name="host">The world.</param>
    /// <param name="path">The path as the user gave it.</param>
    /// <returns>The plan, when it is valid, and everything noticed.</returns>
    public static (LoadedPlan? Loaded, Checked<Plan> Checked) Read(CliHost host, string path)
    {
        var full = host.FullPath(path);
        byte[] bytes;
        try
        {
            if (Directory.Exists(full))
            {
                return (null, Failed(SyntaxDiagnostics.IsADirectory(path)));
            }

            if (!File.Exists(full))
            {
                return (null, Failed(SyntaxDiagnostics.FileMissing(path)));
            }

            using var stream = File.OpenRead(full);
            if (stream.Length > PlanReader.MaxBytes)
            {
                return (null, Failed(SyntaxDiagnostics.TooLarge(path, stream.Length)));
            }

            bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return (null, Failed(SyntaxDiagnostics.FileUnreadable(path, error.Message)));
        }

        var read = PlanReader.ReadBytes(path, bytes);
        return read.Succeeded
            ? (new LoadedPlan(read.Value, path, System.IO.Path.GetDirectoryName(full)!, PlanDigest.Of(bytes)), read)
            : (null, read);
    }

    private static Checked<Plan> Failed(Diagnostic diagnostic) => new(null, [diagnostic]);
}
