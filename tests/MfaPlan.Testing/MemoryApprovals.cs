using System.Collections.Immutable;
using MfaPlan.Engine.Ports;

namespace MfaPlan.Testing;

/// <summary>Approvals in memory.</summary>
public sealed class MemoryApprovals : IApprovals
{
    private readonly SortedDictionary<string, byte[]> _files = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public Task AddAsync(string digest, string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        _files[digest + "/" + name] = content.ToArray();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<ImmutableArray<string>> ListAsync(string digest, CancellationToken cancellationToken) =>
        Task.FromResult<ImmutableArray<string>>(
            [.. _files.Keys.Where(key => key.StartsWith(digest + "/", StringComparison.Ordinal)).Select(key => key[(digest.Length + 1)..])]);

    /// <inheritdoc/>
    public Task<ReadOnlyMemory<byte>?> ReadAsync(string digest, string name, CancellationToken cancellationToken) =>
        Task.FromResult(_files.TryGetValue(digest + "/" + name, out var bytes) ? bytes.AsMemory() : (ReadOnlyMemory<byte>?)null);
}
