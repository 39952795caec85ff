using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;

namespace MfaPlan.State.Tests.Blobs;

/// <summary>Leases by another hand.</summary>
internal static class Leases
{
    /// <summary>Ends whatever lease a blob has, as the end of its time does.</summary>
    public static Task GetLeaseAwayAsync(this BlobClient blob) =>
        blob.GetBlobLeaseClient().BreakAsync(TimeSpan.Zero, cancellationToken: TestContext.Current.CancellationToken);
}
