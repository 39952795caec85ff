using System.Net;
using MfaPlan.Engine.Ports;

namespace MfaPlan.Graph.Http;

/// <summary>
/// A body that asks the fence when it is taken: that is when the connection is open, which may have taken long, and before the request is
/// whole. A closed fence leaves the service half a request, which it does nothing with.
/// </summary>
internal sealed class FencedContent : HttpContent
{
    private readonly HttpContent _inner;
    private readonly IFence _fence;

    public FencedContent(HttpContent inner, IFence fence)
    {
        _inner = inner;
        _fence = fence;
        foreach (var (name, values) in inner.Headers.NonValidated)
        {
            Headers.TryAddWithoutValidation(name, values);
        }
    }

    /// <inheritdoc/>
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        _fence.Check();
        return _inner.CopyToAsync(stream, context);
    }

    /// <inheritdoc/>
    protected override bool TryComputeLength(out long length)
    {
        length = _inner.Headers.ContentLength ?? 0;
        return _inner.Headers.ContentLength is not null;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
