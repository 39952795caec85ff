using System.Collections.Immutable;
using MfaPlan.Engine.Ports;

namespace MfaPlan.State;

/// <summary>Approvals in a folder of the state, one folder for each digest.</summary>
/// <param name="folder">Made where it is missing.</param>
internal sealed class LocalApprovals(string folder) : IApprovals
{
    /// <inheritdoc/>
    public Task AddAsync(string digest, string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (content.Length > IApprovals.MaxBytes || PathOf(digest, name) is not { } path)
        {
            throw new ArgumentException("A digest, a name and a small file are needed.", nameof(name));
        }

        WholeFile.MakeFolder(folder);
        WholeFile.MakeFolder(Path.Combine(folder, digest));
        WholeFile.Write(path, content.Span);
        FolderFlush.Now(folder);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<ImmutableArray<string>> ListAsync(string digest, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ImmutableArray<string> names = ChangeSetName.IsDigest(digest) && Directory.Exists(Path.Combine(folder, digest))
            ? [
                .. Directory.EnumerateFiles(Path.Combine(folder, digest)).Select(static path => Path.GetFileName(path))
                    .Where(IsName).Order(StringComparer.Ordinal),
            ]
            : [];
        return Task.FromResult(names);
    }

    /// <inheritdoc/>
    public async Task<ReadOnlyMemory<byte>?> ReadAsync(string digest, string name, CancellationToken cancellationToken)
    {
        if (PathOf(digest, name) is not { } path || !File.Exists(path))
        {
            return null;
        }

        await using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        var bytes = new byte[IApprovals.MaxBytes + 1];
        var read = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
        return bytes.AsMemory(0, read);
    }

    /// <summary>Whether a text can name a file of an approval.</summary>
    internal static bool IsName(string name) =>
        name.Length > 0 && name[0] != '.' && name.All(static character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character == '.');

    private string? PathOf(string digest, string name) =>
        ChangeSetName.IsDigest(digest) && IsName(name) ? Path.Combine(folder, digest, name) : null;
}
