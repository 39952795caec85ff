using Azure;
using Azure.Storage.Blobs.Specialized;

namespace MfaPlan.State.Blobs;

/// <summary>Blobs as files that are gone once they are closed: a blob may be replaced while it is read, and a file is not.</summary>
internal static class TemporaryCopy
{
    /// <summary>A new file.</summary>
    public static PendingFile Create() => PendingFile.In(Path.GetTempPath());

    /// <summary>A copy of a blob, at its beginning; null where there is none.</summary>
    public static async Task<Stream?> OfAsync(BlobBaseClient blob, CancellationToken cancellationToken)
    {
        var copy = Create();
        try
        {
            await blob.DownloadToAsync(copy, cancellationToken);
            copy.Position = 0;
            return copy;
        }
        catch (RequestFailedException failure) when (BlobFaults.IsMissing(failure))
        {
            await copy.DisposeAsync();
            return null;
        }
        catch
        {
            await copy.DisposeAsync();
            throw;
        }
    }
}
