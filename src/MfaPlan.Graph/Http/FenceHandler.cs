namespace MfaPlan.Graph.Http;

/// <summary>
/// Asks the fence last of all, behind the waits for token and permit, whether the request may still leave; and where there is a body, once
/// more when the connection takes it.
/// </summary>
internal sealed class FenceHandler : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Options.TryGetValue(RequestNotes.Fence, out var fence))
        {
            fence.Check();
            if (request.Content is { } content and not FencedContent)
            {
                request.Content = new FencedContent(content, fence);
            }
        }

        return base.SendAsync(request, cancellationToken);
    }
}
