using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MfaPlan.Graph.Limiting;
using MfaPlan.Graph.SignIn;
using Microsoft.Graph;
using Microsoft.Kiota.Abstractions.Authentication;

namespace MfaPlan.Graph.Http;

/// <summary>
/// The way to Graph. Everything passes the gate (hosts, token) and the limiter. Reads are repeated and fail as
/// <see cref="ReadFailedException"/>; what is sent once gives the answer as it came.
/// </summary>
internal sealed class GraphConnection : IDisposable
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly string _root;
    private readonly HostGuard _guard;
    private readonly TokenSource? _tokens;
    private readonly GateHandler _gate;
    private readonly HttpMessageHandler? _ownNetwork;
    private readonly HttpClient _reading;
    private readonly HttpClient _once;
    private readonly Lazy<GraphServiceClient> _sdk;

    public GraphConnection(GraphTenantOptions options)
    {
        Time = options.Time;
        Clock = new TenantClock(options.Time);
        Limiters = new Limiters(options.MaxInFlight, options.WritePace, options.ReportPace, options.Time);
        _root = options.BaseAddress.GetLeftPart(UriPartial.Authority);
        _guard = new HostGuard(options.BaseAddress, options.AllowedHosts);
        _tokens = options.Credential is { } credential ? new TokenSource(credential, _root + "/.default", options.Time) : null;
        _ownNetwork = options.Handler is null ? Network() : null;
        _gate = new GateHandler(_guard, _tokens, options.ThrottlePriority, options.Time)
        {
            InnerHandler = new LimitHandler(Limiters, Clock, options.RequestTimeout, options.Time)
            {
                InnerHandler = new FenceHandler { InnerHandler = new Lent(options.Handler ?? _ownNetwork!) },
            },
        };

        // None of the SDK's own handlers: its retry would repeat POSTs, and its redirect would carry the token elsewhere.
#pragma warning disable CA2000 // the chain lives as long as the client
        _reading = GraphClientFactory.Create([new FailureHandler(), new RetryReadsHandler(options.Time)], finalHandler: _gate, disposeHandler: false);
#pragma warning restore CA2000
        _reading.Timeout = Timeout.InfiniteTimeSpan;
        _once = new HttpClient(_gate, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };
        _sdk = new Lazy<GraphServiceClient>(() => new GraphServiceClient(_reading, new AnonymousAuthenticationProvider(), _root + "/v1.0"));
    }

    /// <summary>Scheme, host and port.</summary>
    public string Root => _root;

    public TimeProvider Time { get; }

    public TenantClock Clock { get; }

    public Limiters Limiters { get; }

    /// <summary>The SDK over the same handlers, for the reads of which there are few. Loading its 48 MB waits until one of them comes.</summary>
    public GraphServiceClient Sdk => _sdk.Value;

    /// <summary>An address below the root.</summary>
    /// <param name="path">With its version, beginning with a slash, escaped.</param>
    public Uri At(string path) => new(_root + path, UriKind.Absolute);

    /// <summary>Starts following the pages of a collection.</summary>
    public LinkTrail NewTrail() => new(_guard);

    /// <summary>Reads an object.</summary>
    /// <param name="address">Where.</param>
    /// <param name="type">How its body is read.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <param name="eventual">Whether an index may answer, as advanced queries need it.</param>
    /// <param name="wholeEnums">Whether words that the service added to enumerations later are wanted, instead of unknownFutureValue.</param>
    /// <exception cref="ReadFailedException">There was no good answer.</exception>
    public async Task<T> GetAsync<T>(
        Uri address, JsonTypeInfo<T> type, CancellationToken cancellationToken, bool eventual = false, bool wholeEnums = false)
        where T : class
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (eventual)
        {
            request.Headers.TryAddWithoutValidation("ConsistencyLevel", "eventual");
        }

        if (wholeEnums)
        {
            request.Headers.TryAddWithoutValidation("Prefer", "include-unknown-enum-members");
        }

        return await ReadAsync(request, type, cancellationToken);
    }

    /// <summary>Asks with a body; the service answers as to a GET.</summary>
    /// <exception cref="ReadFailedException">There was no good answer.</exception>
    public async Task<T> AskAsync<TBody, T>(
        Uri address, TBody body, JsonTypeInfo<TBody> bodyType, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = Content(body, bodyType) };
        request.Options.Set(RequestNotes.OnlyReads, value: true);
        return await ReadAsync(request, type, cancellationToken);
    }

    /// <summary>Sends once and gives the answer, whatever it is, its body buffered.</summary>
    /// <exception cref="TimeoutException">No answer in time.</exception>
    /// <exception cref="HttpRequestException">No answer.</exception>
    public Task<HttpResponseMessage> SendOnceAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        _once.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);

    /// <summary>A JSON body that can be sent again after a 401.</summary>
    public static ByteArrayContent Content<T>(T body, JsonTypeInfo<T> type)
    {
        var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, type));
        content.Headers.ContentType = Json;
        return content;
    }

    public void Dispose()
    {
        _once.Dispose();
        _reading.Dispose();
        _gate.Dispose();
        _ownNetwork?.Dispose();
        _tokens?.Dispose();
        Limiters.Dispose();
    }

    private async Task<T> ReadAsync<T>(HttpRequestMessage request, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        using var response = await _reading.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            return await JsonSerializer.DeserializeAsync(body, type, cancellationToken)
                ?? throw new ReadFailedException(TransportCode.InvalidAnswer, (int)response.StatusCode);
        }
        catch (JsonException failure)
        {
            throw new ReadFailedException(TransportCode.InvalidAnswer, (int)response.StatusCode, failure);
        }
    }

    private static SocketsHttpHandler Network() => new()
    {
        AllowAutoRedirect = false, // a redirect would leave the allowed hosts below the gate
        UseCookies = false,
        AutomaticDecompression = System.Net.DecompressionMethods.All,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5), // follows the service's DNS
        ConnectTimeout = TimeSpan.FromSeconds(30),
    };

    /// <summary>Keeps a handler that is not ours from being disposed with the chain.</summary>
    private sealed class Lent(HttpMessageHandler handler) : HttpMessageHandler
    {
        private readonly HttpMessageInvoker _invoker = new(handler, disposeHandler: false);

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            _invoker.SendAsync(request, cancellationToken);

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                _invoker.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
