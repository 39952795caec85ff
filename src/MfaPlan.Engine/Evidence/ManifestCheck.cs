using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using MfaPlan.Core.Evidence;
using MfaPlan.Engine.Ports;

namespace MfaPlan.Engine.Evidence;

/// <summary>Holds what is in a pack's folder against its manifest.</summary>
/// <param name="files">The pack.</param>
/// <param name="note">Takes what is wrong.</param>
internal sealed class ManifestCheck(IPackFiles files, Action<EvidenceNote> note)
{
    /// <summary>More strange entries than that are counted and not named.</summary>
    private const int MostForeign = 100;

    private static readonly ImmutableArray<string> Companions = [PackPaths.Manifest, PackPaths.ManifestDigest, PackPaths.ManifestSignature];

    private readonly Dictionary<string, PackEntry> _there = new(StringComparer.Ordinal);

    /// <summary>The manifest's bytes; empty where there is none.</summary>
    public byte[] Bytes { get; private set; } = [];

    /// <summary>The signature's bytes; null where there is none.</summary>
    public byte[]? Signature { get; private set; }

    /// <summary>The manifest; null where there is none that can be read.</summary>
    /// <param name="expected">The pack digest that was written down elsewhere; null where none was.</param>
    public PackManifest? Read(string? expected)
    {
        foreach (var entry in files.List())
        {
            _there[entry.Path] = entry;
        }

        if (Companion(PackPaths.Manifest, ManifestText.MaxBytes) is not { } bytes)
        {
            note(new EvidenceNote(EvidenceDiagnostics.NoPack, PackPaths.Manifest, "There is no manifest, so nothing says what belongs to the pack."));
            return null;
        }

        Bytes = bytes;
        var digest = ManifestText.DigestOf(bytes);
        if (Companion(PackPaths.ManifestDigest, ManifestText.MaxBytes) is not { } written)
        {
            note(new EvidenceNote(EvidenceDiagnostics.FileMissing, PackPaths.ManifestDigest, "The file with the pack digest is missing."));
        }
        else if (!written.AsSpan().SequenceEqual(ManifestText.DigestFile(bytes)))
        {
            Changed(PackPaths.ManifestDigest, $"It does not hold the SHA-256 of {PackPaths.Manifest}, which is {digest}.");
        }

        if (expected is not null && expected != digest)
        {
            Changed(PackPaths.Manifest, $"The pack digest is {digest}, not {expected}: this is another pack than the one that was written down.");
        }

        var (manifest, flaw) = ManifestText.Read(bytes);
        if (flaw is not null)
        {
            note(flaw);
            return null;
        }

        Signature = Companion(PackPaths.ManifestSignature, Core.Approvals.SshSignature.MaxBytes);
        return manifest;
    }

    /// <summary>Checks every file; gives those that can be looked into.</summary>
    /// <param name="manifest">The manifest.</param>
    /// <param name="cancellationToken">Stops the check.</param>
    public ImmutableArray<string> Check(PackManifest manifest, CancellationToken cancellationToken)
    {
        var readable = ImmutableArray.CreateBuilder<string>();
        var named = new HashSet<string>(StringComparer.Ordinal);
        var last = "";
        foreach (var file in manifest.Files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!PackPaths.IsKnown(file.Path, manifest.Format) || string.CompareOrdinal(last, file.Path) >= 0)
            {
                Changed(PackPaths.Manifest, $"It names \"{file.Path}\", which is no file of a pack, or stands out of order. It is not looked at.");
                continue;
            }

            last = file.Path;
            named.Add(file.Path);
            if (Holds(file))
            {
                readable.Add(file.Path);
            }
        }

        foreach (var file in PackPaths.Tables.Append(PackPaths.Summary).Where(file => !named.Contains(file)))
        {
            note(new EvidenceNote(EvidenceDiagnostics.FileMissing, file, "Every pack has this file, and the manifest does not name it."));
        }

        Foreign(named);
        return readable.ToImmutable();
    }

    /// <summary>Whether a file is there and of its length, so that it may be read; a content that is another is noted.</summary>
    private bool Holds(PackFile file)
    {
        if (!_there.TryGetValue(file.Path, out var entry))
        {
            note(new EvidenceNote(EvidenceDiagnostics.FileMissing, file.Path, "The manifest names it, and it is not there."));
            return false;
        }

        if (entry.Kind != PackEntryKind.File)
        {
            return false;
        }

        if (entry.Bytes != file.Bytes || entry.Bytes == 0)
        {
            FileChanged(file.Path, string.Create(CultureInfo.InvariantCulture, $"It has {entry.Bytes} bytes; the manifest says {file.Bytes}."));
            return false;
        }

        using var stream = files.Open(file.Path);
        if (Convert.ToHexStringLower(SHA256.HashData(stream)) != file.Sha256)
        {
            FileChanged(file.Path, "Its content is not the one that the manifest names by its SHA-256.");
        }

        return true;
    }

    private void Foreign(HashSet<string> named)
    {
        var folders = named.SelectMany(Above).ToHashSet(StringComparer.Ordinal);
        var foreign = _there.Values
            .Where(entry => entry.Kind switch
            {
                PackEntryKind.File => !named.Contains(entry.Path) && !Companions.Contains(entry.Path, StringComparer.Ordinal),
                PackEntryKind.Folder => !folders.Contains(entry.Path),
                _ => true,
            })
            .OrderBy(static entry => entry.Path, StringComparer.Ordinal).ToList();
        foreach (var entry in foreign.Take(MostForeign))
        {
            note(new EvidenceNote(EvidenceDiagnostics.FileForeign, entry.Path, entry.Kind switch
            {
                PackEntryKind.File => "The manifest does not name this file. It is not looked at.",
                PackEntryKind.Folder => "No file of the manifest is in this folder.",
                _ => "It is a link, a device or a folder too deep. A pack has none; where it leads is not looked at.",
            }));
        }

        if (foreign.Count > MostForeign)
        {
            note(new EvidenceNote(EvidenceDiagnostics.FileForeign, ".", string.Create(
                CultureInfo.InvariantCulture, $"{foreign.Count - MostForeign} more files are there that the manifest does not name.")));
        }
    }

    private static IEnumerable<string> Above(string path)
    {
        for (var at = path.LastIndexOf('/'); at > 0; at = path.LastIndexOf('/', at - 1))
        {
            yield return path[..at];
        }
    }

    private byte[]? Companion(string path, int most)
    {
        // An empty file may be a pipe, which nobody writes to: opening it would never end.
        if (!_there.TryGetValue(path, out var entry) || entry.Kind != PackEntryKind.File || entry.Bytes == 0)
        {
            return null;
        }

        using var stream = files.Open(path);
        return PackBytes.Read(stream, most);
    }

    private void Changed(string place, string reason) => note(new EvidenceNote(EvidenceDiagnostics.ManifestChanged, place, reason));

    private void FileChanged(string place, string reason) => note(new EvidenceNote(EvidenceDiagnostics.FileChanged, place, reason));
}
