using System.Security.Cryptography;
using MfaPlan.Cli.Composition;
using MfaPlan.Core.Approvals;
using MfaPlan.Core.Evidence;
using MfaPlan.Engine.Evidence;
using MfaPlan.Engine.Ports;

namespace MfaPlan.Cli.Tests.Evidence;

/// <summary>A pack in memory, to be changed a thousand times.</summary>
internal sealed class MemoryPack : IPackFiles
{
    /// <summary>The files.</summary>
    public SortedDictionary<string, byte[]> Files { get; private init; } = new(StringComparer.Ordinal);

    /// <summary>What a folder holds.</summary>
    public static MemoryPack Of(string folder)
    {
        var pack = new MemoryPack();
        foreach (var path in Directory.GetFiles(folder, "*", SearchOption.AllDirectories))
        {
            pack.Files[Path.GetRelativePath(folder, path).Replace('\\', '/')] = File.ReadAllBytes(path);
        }

        return pack;
    }

    /// <summary>Checks packs in memory; gives the codes of what is wrong or open.</summary>
    /// <param name="cli">The world, with a pack in <c>pack</c>.</param>
    /// <param name="flawsOnly">Whether what is open is left out.</param>
    public static Func<MemoryPack, Task<List<string>>> Checker(Cli cli, bool flawsOnly = true)
    {
        var program = ManifestText.Read(File.ReadAllBytes(cli.PathOf("pack/manifest.json"))).Manifest!.Program;
        var tools = new Dictionary<(string, DateTimeOffset), RememberedSignatures>();
        return async pack =>
        {
            var report = await new EvidenceVerifier(pack, Tool, program).RunAsync(new EvidenceDemand(), TestContext.Current.CancellationToken);
            return [.. report.Notes.Where(note => note.IsFlaw || !flawsOnly).Select(static note => note.Descriptor.Code)];
        };

        RememberedSignatures Tool(string purpose, DateTimeOffset at) => tools.TryGetValue((purpose, at), out var tool)
            ? tool
            : tools[(purpose, at)] = new RememberedSignatures(new SshKeygen(cli.Host(), purpose, at));
    }

    /// <summary>Changes lines of the journal, makes its chain anew and lets the manifest say so.</summary>
    /// <param name="change">Changes a line; what becomes empty is left out.</param>
    public MemoryPack Rechained(Func<string, string> change)
    {
        var (bytes, facts) = PackForger.Rechained(Files["journal/000001.jsonl"], change);
        Files["journal/000001.jsonl"] = bytes;
        return Remade(manifest => manifest with { Journal = facts });
    }

    /// <summary>Renames every file whose path holds a text.</summary>
    /// <param name="old">The text.</param>
    /// <param name="replacement">What stands in its place; null takes the files out.</param>
    public void Rename(string old, string? replacement)
    {
        foreach (var path in Files.Keys.Where(path => path.Contains(old, StringComparison.Ordinal)).ToList())
        {
            Files.Remove(path, out var bytes);
            if (replacement is not null)
            {
                Files[path.Replace(old, replacement, StringComparison.Ordinal)] = bytes!;
            }
        }
    }

    /// <summary>Another pack of the same files.</summary>
    public MemoryPack Copy() => new() { Files = new(Files, StringComparer.Ordinal) };

    /// <summary>Makes the manifest fit the files, as a forger would.</summary>
    /// <param name="change">What else becomes another in the manifest.</param>
    public MemoryPack Remade(Func<PackManifest, PackManifest>? change = null)
    {
        var manifest = ManifestText.Read(Files[PackPaths.Manifest]).Manifest! with
        {
            Files =
            [
                .. Files.Where(static file => !file.Key.StartsWith(PackPaths.Manifest, StringComparison.Ordinal))
                    .Select(static file => new PackFile(file.Key, file.Value.Length, Convert.ToHexStringLower(SHA256.HashData(file.Value)))),
            ],
        };
        Files[PackPaths.Manifest] = ManifestText.Write(change is null ? manifest : change(manifest));
        Files[PackPaths.ManifestDigest] = ManifestText.DigestFile(Files[PackPaths.Manifest]);
        return this;
    }

    /// <inheritdoc/>
    public IEnumerable<PackEntry> List() => Files.Select(static file => new PackEntry(file.Key, PackEntryKind.File, file.Value.Length))
        .Concat(Files.Keys.SelectMany(Above).Distinct(StringComparer.Ordinal).Select(static folder => new PackEntry(folder, PackEntryKind.Folder, 0)));

    /// <inheritdoc/>
    public Stream Open(string path) => new MemoryStream(Files[path], writable: false);

    private static IEnumerable<string> Above(string path)
    {
        for (var at = path.LastIndexOf('/'); at > 0; at = path.LastIndexOf('/', at - 1))
        {
            yield return path[..at];
        }
    }
}

/// <summary>Asks the tool once for the same bytes; a thousand packs have mostly the same signatures.</summary>
internal sealed class RememberedSignatures(ISignatures tool) : ISignatures
{
    private readonly Dictionary<string, SignatureCheck> _known = new(StringComparer.Ordinal);

    public Task<ReadOnlyMemory<byte>> SignAsync(ReadOnlyMemory<byte> document, string keyFile, CancellationToken cancellationToken) =>
        tool.SignAsync(document, keyFile, cancellationToken);

    public async Task<SignatureCheck> CheckAsync(
        ReadOnlyMemory<byte> document, ReadOnlyMemory<byte> signature, ReadOnlyMemory<byte> allowedSigners,
        System.Collections.Immutable.ImmutableArray<string> identities, CancellationToken cancellationToken)
    {
        var key = Convert.ToHexString(SHA256.HashData([.. document.Span, 0, .. signature.Span, 0, .. allowedSigners.Span])) + string.Join(',', identities);
        return _known.TryGetValue(key, out var known)
            ? known
            : _known[key] = await tool.CheckAsync(document, signature, allowedSigners, identities, cancellationToken);
    }
}
