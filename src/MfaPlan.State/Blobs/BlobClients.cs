using Azure.Core;
using Azure.Storage.Blobs;

namespace MfaPlan.State.Blobs;

/// <summary>Two ways to one container: what may be repeated at will, and what is repeated only by whoever looks first.</summary>
internal sealed class BlobClients
{
    private static readonly TimeSpan LongestRead = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestWrite = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(400);

    /// <summary>Both ways.</summary>
    /// <param name="place">The container.</param>
    /// <param name="adjust">Tests put their own policies in.</param>
    public BlobClients(BlobPlace place, Action<BlobClientOptions>? adjust)
    {
        Repeating = place.Connect(Options(place, 3, LongestRead, adjust));
        Once = place.Connect(Options(place, 0, LongestWrite, adjust));
    }

    /// <summary>Repeats what had no answer.</summary>
    public BlobContainerClient Repeating { get; }

    /// <summary>Sends once and waits no longer than a lease allows.</summary>
    public BlobContainerClient Once { get; }

    private static BlobClientOptions Options(BlobPlace place, int repeats, TimeSpan longest, Action<BlobClientOptions>? adjust)
    {
        var options = new BlobClientOptions();
        options.Retry.MaxRetries = repeats;
        options.Retry.Delay = FirstWait;
        options.Retry.NetworkTimeout = longest;
        options.Diagnostics.IsTelemetryEnabled = false;
        options.AddPolicy(new RefusalPolicy(place, unreachable: repeats > 0), HttpPipelinePosition.PerCall);
        adjust?.Invoke(options);
        return options;
    }
}
