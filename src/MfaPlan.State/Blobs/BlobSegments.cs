using System.Collections.Immutable;
using Azure.Storage.Blobs;
using MfaPlan.State.Journals;

namespace MfaPlan.State.Blobs;

/// <summary>Segments as append blobs.</summary>
internal sealed class BlobSegments(BlobContainerClient container) : ISegments
{
    private const string Prefix = "journal/";

    /// <summary>The blob of a segment.</summary>
    /// <param name="number">From 1.</param>
    public static string NameOf(int number) => Prefix + SegmentName.Of(number);

    /// <inheritdoc/>
    public ImmutableArray<int> Numbers() =>
        SegmentName.Numbers(BlobNames.Under(container, Prefix).Select(static name => name[Prefix.Length..]));

    /// <inheritdoc/>
    public Stream OpenRead(int number) => container.GetBlobClient(NameOf(number)).DownloadStreaming().Value.Content;
}
