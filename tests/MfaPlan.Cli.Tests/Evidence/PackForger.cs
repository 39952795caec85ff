using System.Security.Cryptography;
using System.Text;
using MfaPlan.Core.Evidence;
using MfaPlan.Core.Journals;

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

    /// <summary>A journal with changed lines, whose numbers and hashes were made anew.</summary>
    /// <param name="journal">A segment, the only one.</param>
    /// <param name="change">Changes a line; what becomes empty is left out.</param>
    public static (byte[] Bytes, JournalFacts Facts) Rechained(byte[] journal, Func<string, string> change)
    {
        var (hash, n, at, open) = (JournalLines.Genesis, 0L, default(DateTimeOffset?), default(string?));
        var text = new StringBuilder();
        foreach (var line in Encoding.UTF8.GetString(journal).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(change).Where(static line => line.Length > 0))
        {
            n++;
            var numbered = System.Text.RegularExpressions.Regex.Replace(line, "^\\{\"v\":1,\"n\":[0-9]+", $"{{\"v\":1,\"n\":{n}", default, TimeSpan.FromSeconds(1));
            var end = numbered.LastIndexOf(",\"hash\"", StringComparison.Ordinal);
            var body = end < 0 ? numbered : numbered[..end];
            var previous = hash;
            hash = Sha256(Encoding.UTF8.GetBytes(hash + body));
            var whole = $"{body},\"hash\":\"{hash}\"}}";
            text.Append(whole).Append('\n');
            try
            {
                var entry = JournalLines.Parse(Encoding.UTF8.GetBytes(whole), previous).Entry;
                at = entry.At;
                open = entry switch { JournalEntry.Run run => run.RunId, JournalEntry.Close => null, _ => open };
            }
            catch (JournalDamagedException)
            {
                // The forger made a line that is none.
            }
        }

        return (Encoding.UTF8.GetBytes(text.ToString()), new JournalFacts(n, hash, at, open));
    }

    /// <summary>The digest of bytes.</summary>
    public static string Sha256(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
