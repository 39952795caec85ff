using System.Collections.Immutable;
using System.Security.Cryptography;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using MfaPlan.Engine.Ports;

namespace MfaPlan.State.Blobs;

/// <summary>Notes of previews as append blobs. A process that writes one holds a lease; that of a killed one runs out.</summary>
internal sealed class BlobSpools(BlobContainerClient container) : ISpools
{
    private const string Prefix = "spool/";
    private const string Extension = ".mfaspool";
    private const int NameBytes = 16;

    /// <inheritdoc/>
    public async Task<Spool> CreateAsync(CancellationToken cancellationToken)
    {
        var name = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(NameBytes));
        var blob = container.GetAppendBlobClient(NameOf(name));
        await blob.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
        var lease = blob.GetBlobLeaseClient();
        await lease.AcquireAsync(SpoolStream.Lease, cancellationToken: cancellationToken);
        return new Spool(name, new SpoolStream(blob, lease));
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<string>> ListAsync(CancellationToken cancellationToken)
    {
        var names = ImmutableArray.CreateBuilder<string>();
        await foreach (var blob in container.GetBlobsAsync(BlobTraits.None, BlobStates.None, Prefix, cancellationToken))
        {
            if (blob.Name.EndsWith(Extension, StringComparison.Ordinal))
            {
                names.Add(blob.Name[Prefix.Length..^Extension.Length]);
            }
        }

        names.Sort(StringComparer.Ordinal);
        return names.ToImmutable();
    }

    /// <inheritdoc/>
    public async Task<Stream?> OpenAsync(string name, CancellationToken cancellationToken)
    {
        var blob = container.GetBlobClient(NameOf(name));
        try
        {
            var properties = await blob.GetPropertiesAsync(cancellationToken: cancellationToken);
            return properties.Value.LeaseStatus == LeaseStatus.Locked ? null : await TemporaryCopy.OfAsync(blob, cancellationToken);
        }
        catch (RequestFailedException failure) when (BlobFaults.IsMissing(failure))
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public async Task DeleteAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            await container.GetBlobClient(NameOf(name)).DeleteIfExistsAsync(cancellationToken: cancellationToken);
        }
        catch (RequestFailedException failure) when (BlobFaults.IsLeaseLost(failure))
        {
            // Another preview writes it.
        }
    }

    private static string NameOf(string name) => Prefix + Path.GetFileName(name) + Extension;
}
