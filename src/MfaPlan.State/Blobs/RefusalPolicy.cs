using System.Globalization;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace MfaPlan.State.Blobs;

/// <summary>Says what to do about a storage that lets nobody in or does not answer; what a caller can decide by passes.</summary>
/// <param name="place">The container, for people.</param>
/// <param name="unreachable">Whether a request without an answer is the last word.</param>
internal sealed class RefusalPolicy(BlobPlace place, bool unreachable) : HttpPipelinePolicy
{
    /// <inheritdoc/>
    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        try
        {
            ProcessNext(message, pipeline);
        }
        catch (Exception failure) when (IsLast(failure, message))
        {
            throw Unreachable(failure);
        }

        Judge(message);
    }

    /// <inheritdoc/>
    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        try
        {
            await ProcessNextAsync(message, pipeline);
        }
        catch (Exception failure) when (IsLast(failure, message))
        {
            throw Unreachable(failure);
        }

        Judge(message);
    }

    private bool IsLast(Exception failure, HttpMessage message) => failure switch
    {
        StateException => false,
        RequestFailedException or AggregateException or IOException or OperationCanceledException =>
            unreachable && !message.CancellationToken.IsCancellationRequested,
        _ => true,
    };

    private StateException Unreachable(Exception failure) => new(
        StateDiagnostics.StorageUnreachable,
        $"{place} cannot be reached. {CauseOf(failure).Split('\n')[0].Trim().TrimEnd('.')}.",
        "Check the account's name, the network and the sign-in of this machine.",
        failure);

    // Of several tries the last tells most.
    private static string CauseOf(Exception failure) =>
        (failure is AggregateException { InnerExceptions: [.., var last] } ? last : failure).GetBaseException().Message;

    private void Judge(HttpMessage message)
    {
        if (message.Response.Status is 401 or 403)
        {
            message.Response.Headers.TryGetValue("x-ms-error-code", out var code);
            throw new StateException(
                StateDiagnostics.StorageRefused,
                string.Create(CultureInfo.InvariantCulture, $"{place} refuses us ({message.Response.Status} {code})."),
                "The identity needs the role Storage Blob Data Contributor on the container.");
        }
    }
}
