using System.Net;
using System.Net.Http.Headers;
using System.Text;
using MfaPlan.Core.Sources.Tokens;
using MfaPlan.Graph.Http;

namespace MfaPlan.Graph.Tokens;

/// <summary>
/// The body with the code that a token shows. The code is computed when the body is written to the wire, since a request may wait long for
/// its permit, and a code lives as long as it is shown; every time it is sent it is a fresh one.
/// </summary>
internal sealed class CodeContent : HttpContent
{
    private readonly TokenSeed _seed;
    private readonly TenantClock _clock;

    public CodeContent(TokenSeed seed, TenantClock clock)
    {
        _seed = seed;
        _clock = clock;
        Headers.ContentType = new MediaTypeHeaderValue("application/json");
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        await stream.WriteAsync(Body(), cancellationToken);

    protected override bool TryComputeLength(out long length)
    {
        length = Body().Length; // of every code the same
        return true;
    }

    private byte[] Body() => Encoding.UTF8.GetBytes($$"""{"verificationCode":"{{TokenCode.At(_seed, _clock.Now)}}"}""");
}
