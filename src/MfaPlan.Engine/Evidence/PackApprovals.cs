using System.Collections.Immutable;
using MfaPlan.Core.Evidence;
using MfaPlan.Engine.Ports;

namespace MfaPlan.Engine.Evidence;

/// <summary>The signed documents of a folder of a pack, as those of a state are read.</summary>
/// <param name="paths">The files that there are; known paths.</param>
/// <param name="files">The pack.</param>
/// <param name="pathOf">The path of a digest's file by its name.</param>
internal sealed class PackApprovals(ImmutableArray<string> paths, IPackFiles files, Func<string, string, string> pathOf) : IApprovals
{
    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">Always: a pack is evidence, and is not added to.</exception>
    public Task AddAsync(string digest, string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Nothing is added to a pack.");

    /// <inheritdoc/>
    public Task<ImmutableArray<string>> ListAsync(string digest, CancellationToken cancellationToken)
    {
        var folder = pathOf(digest, "");
        return Task.FromResult<ImmutableArray<string>>(
            [.. paths.Where(path => path.StartsWith(folder, StringComparison.Ordinal)).Select(path => path[folder.Length..]).Order(StringComparer.Ordinal)]);
    }

    /// <inheritdoc/>
    public Task<ReadOnlyMemory<byte>?> ReadAsync(string digest, string name, CancellationToken cancellationToken)
    {
        var path = pathOf(digest, name);
        if (!paths.Contains(path, StringComparer.Ordinal))
        {
            return Task.FromResult<ReadOnlyMemory<byte>?>(null);
        }

        using var stream = files.Open(path);
        return Task.FromResult<ReadOnlyMemory<byte>?>(PackBytes.Read(stream, IApprovals.MaxBytes));
    }
}
