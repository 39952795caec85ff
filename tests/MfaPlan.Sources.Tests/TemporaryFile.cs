using System.Text;

namespace MfaPlan.Sources.Tests;

/// <summary>A file that lives as long as one test.</summary>
public sealed class TemporaryFile : IDisposable
{
    public TemporaryFile(byte[] bytes, string name = "input")
    {
        Folder = Directory.CreateTempSubdirectory("mfaplan-").FullName;
        Path = System.IO.Path.Combine(Folder, name);
        File.WriteAllBytes(Path, bytes);
    }

    public TemporaryFile(string text)
        : this(Encoding.UTF8.GetBytes(text))
    {
    }

    public string Folder { get; }

    public string Path { get; }

    /// <summary>The file as a plan names it that lies beside it.</summary>
    public InputFile Input => new(System.IO.Path.GetFileName(Path), Path);

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
