using System.Security.Cryptography;
using MfaPlan.Core.Evidence;

namespace MfaPlan.Cli.Tests.Evidence;

/// <summary>What a forger does who knows the format: makes the manifest fit whatever the folder holds.</summary>
internal static class PackForger
{
    /// <summary>Writes manifest and pack digest anew.</summary>
    /// <param name="folder">The pack.</param>
    /// <param name="change">What else becomes another in the manifest.</param>
    public static void Remake(string folder, Func<PackManifest, PackManifest>? change = null)
    {
        var manifest = Path.Combine(folder, PackPaths.Manifest);
        var (read, flaw) = ManifestText.Read(File.ReadAllBytes(manifest));
        flaw.ShouldBeNull();
        var made = read! with { Files = [.. Files(folder)] };
        Write(folder, ManifestText.Write(change is null ? made : change(made)));
    }

    /// <summary>Writes a manifest with its digest.</summary>
    public static void Write(string folder, byte[] manifest)
    {
        File.WriteAllBytes(Path.Combine(folder, PackPaths.Manifest), manifest);
        File.WriteAllBytes(Path.Combine(folder, PackPaths.ManifestDigest), ManifestText.DigestFile(manifest));
    }

    private static IEnumerable<PackFile> Files(string folder) => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .Select(path => (Path: Path.GetRelativePath(folder, path).Replace('\\', '/'), Bytes: File.ReadAllBytes(path)))
        .Where(static file => !file.Path.StartsWith(PackPaths.Manifest, StringComparison.Ordinal))
        .OrderBy(static file => file.Path, StringComparer.Ordinal)
        .Select(static file => new PackFile(file.Path, file.Bytes.Length, Convert.ToHexStringLower(SHA256.HashData(file.Bytes))));
}
