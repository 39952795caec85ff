using System.Collections.Immutable;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using MfaPlan.Engine.Ports;

namespace MfaPlan.State.Blobs;

/// <summary>Approvals as blobs, one folder for each digest.</summary>
internal sealed class BlobApprovals(BlobContainerClient container) : IApprovals
{
    private const string Prefix = "approvals/";

    /// <inheritdoc/>
    public async Task AddAsync(string digest, string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        if (content.Length > IApprovals.MaxBytes || NameOf(digest, name) is not { } blob)
        {
            throw new ArgumentException("A digest, a name and a small file are needed.", nameof(name));
        }

        await container.GetBlobClient(blob).UploadAsync(BinaryData.FromBytes(content), overwrite: true, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<string>> ListAsync(string digest, CancellationToken cancellationToken)
    {
        if (!ChangeSetName.IsDigest(digest))
        {
            return [];
        }

        var folder = Prefix + digest + "/";
        var names = ImmutableArray.CreateBuilder<string>();
        await foreach (var blob in container.GetBlobsAsync(BlobTraits.None, BlobStates.None, folder, cancellationToken))
        {
            if (LocalApprovals.IsName(blob.Name[folder.Length..]))
            {
                names.Add(blob.Name[folder.Length..]);
            }
        }

        names.Sort(StringComparer.Ordinal);
        return names.ToImmutable();
    }

    /// <inheritdoc/>
    public async Task<ReadOnlyMemory<byte>?> ReadAsync(string digest, string name, CancellationToken cancellationToken)
    {
        if (NameOf(digest, name) is not { } blob)
        {
            return null;
        }

        try
        {
            var range = new BlobDownloadOptions { Range = new HttpRange(0, IApprovals.MaxBytes + 1) };
            var answer = await container.GetBlobClient(blob).DownloadContentAsync(range, cancellationToken);
            return answer.Value.Content.ToMemory();
        }
        catch (RequestFailedException failure) when (BlobFaults.IsMissing(failure))
        {
            return null;
        }
        catch (RequestFailedException failure) when (failure.ErrorCode == BlobErrorCode.InvalidRange)
        {
            // It is there and empty: of nothing there is no range.
            return ReadOnlyMemory<byte>.Empty;
        }
    }

    private static string? NameOf(string digest, string name) =>
        ChangeSetName.IsDigest(digest) && LocalApprovals.IsName(name) ? $"{Prefix}{digest}/{name}" : null;
}
