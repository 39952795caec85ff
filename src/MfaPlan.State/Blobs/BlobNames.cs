using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace MfaPlan.State.Blobs;

/// <summary>The names in a container.</summary>
internal static class BlobNames
{
    /// <summary>The names that begin as given, in order.</summary>
    public static IEnumerable<string> Under(BlobContainerClient container, string prefix) =>
        container.GetBlobs(BlobTraits.None, BlobStates.None, prefix, CancellationToken.None).Select(static blob => blob.Name);
}
