using Azure;
using Azure.Storage.Blobs.Models;

namespace MfaPlan.State.Blobs;

/// <summary>What failures of the storage mean.</summary>
internal static class BlobFaults
{
    /// <summary>Whether it is a failure of the storage or of the way there at all.</summary>
    public static bool IsFault(Exception failure) =>
        failure is RequestFailedException or IOException or AggregateException or OperationCanceledException or StateException;

    /// <summary>Whether nobody knows what became of a request; a refusal says that it did nothing.</summary>
    public static bool IsUnclear(Exception failure) => failure is IOException or AggregateException or OperationCanceledException
        || failure is RequestFailedException { Status: 0 or 408 or 429 or >= 500 }
        || failure is RequestFailedException refusal && refusal.ErrorCode == BlobErrorCode.AppendPositionConditionNotMet;

    /// <summary>Whether the lease that the request named is not the blob's.</summary>
    public static bool IsLeaseLost(Exception failure) => failure is RequestFailedException { Status: 409 or 412 } refusal
        && refusal.ErrorCode is { } code && code.StartsWith("Lease", StringComparison.Ordinal);

    /// <summary>Whether what was asked for is not there.</summary>
    public static bool IsMissing(RequestFailedException failure) => failure.Status == 404;
}
