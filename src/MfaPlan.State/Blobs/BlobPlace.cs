using Azure.Core;
using Azure.Storage.Blobs;
using MfaPlan.Core.Privacy;

namespace MfaPlan.State.Blobs;

/// <summary>A container of Azure Blob storage and how it is reached.</summary>
public sealed class BlobPlace
{
    private readonly string _name;
    private readonly Func<BlobClientOptions, BlobContainerClient> _connect;

    private BlobPlace(string name, Func<BlobClientOptions, BlobContainerClient> connect)
    {
        _name = name;
        _connect = connect;
    }

    /// <summary>A container of an account, reached by a credential.</summary>
    /// <param name="service">The account's address, for example <c>https://contosomfa.blob.core.windows.net</c>.</param>
    /// <param name="container">The container.</param>
    /// <param name="credential">Needs the role Storage Blob Data Contributor on the container.</param>
    public static BlobPlace At(Uri service, string container, TokenCredential credential)
    {
        var address = new Uri(service, container);
        return new BlobPlace($"Container {container} of {service.Host}", options => new BlobContainerClient(address, credential, options));
    }

    /// <summary>A container of the account that a connection string names, as of storage on a developer's machine.</summary>
    /// <param name="connection">The connection string.</param>
    /// <param name="container">The container.</param>
    /// <exception cref="StateException">It is no connection string.</exception>
    public static BlobPlace Connected(Secret connection, string container)
    {
        try
        {
            var account = connection.Reveal(text => new BlobContainerClient(text, container)).AccountName;
            return new BlobPlace(
                $"Container {container} of the storage {account}",
                options => connection.Reveal(text => new BlobContainerClient(text, container, options)));
        }
        catch (Exception failure) when (failure is FormatException or ArgumentException or InvalidOperationException)
        {
            // The failure's own words may quote the string.
            throw new StateException(
                StateDiagnostics.StorageRefused, "The connection string for the storage is none.", "Set MFAPLAN_BLOB_CONNECTION to one, or unset it.");
        }
    }

    /// <summary>Names the container for people.</summary>
    public override string ToString() => _name;

    /// <summary>A client for it.</summary>
    internal BlobContainerClient Connect(BlobClientOptions options) => _connect(options);
}
