using System.Net;

namespace MfaPlan.Cli.Tests;

/// <summary>
/// Stands between a runner and the sandbox and calls back at exact points: before a request is passed on, and after it took effect but before
/// its answer is passed back. Loopback only; ends with its test.
/// </summary>
internal sealed class KillingProxy : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false });
    private readonly Uri _target;
    private readonly Func<bool> _die;
    private readonly Task _loop;
    private readonly int _killAt;
    private int _point = -1;

    private KillingProxy(Uri target, int port, int killAt, Func<bool> die)
    {
        _target = target;
        _killAt = killAt;
        _die = die;
        Address = new Uri($"http://127.0.0.1:{port}/");
        _listener.Prefixes.Add(Address.ToString());
        _listener.Start();
        _loop = Task.Run(LoopAsync);
    }

    /// <summary>Where the runner connects to.</summary>
    public Uri Address { get; }

    /// <summary>Points passed so far: two for every write, one for every other request.</summary>
    public int Points => Volatile.Read(ref _point) + 1;

    /// <summary>Starts a proxy.</summary>
    /// <param name="target">The sandbox.</param>
    /// <param name="killAt">The point to call back at; negative for none.</param>
    /// <param name="die">Called there; true when the runner is gone and nothing more is to be passed on.</param>
    public static KillingProxy Start(Uri target, int killAt, Func<bool> die)
    {
        using var probe = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        var port = ((IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();
        return new KillingProxy(target, port, killAt, die);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _listener.Abort();
        await _loop;
        ((IDisposable)_listener).Dispose();
        _client.Dispose();
    }

    private async Task LoopAsync()
    {
        var open = new List<Task>();
        while (_listener.IsListening)
        {
            try
            {
                var context = await _listener.GetContextAsync();
                open.Add(Task.Run(() => PassAsync(context)));
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException or InvalidOperationException)
            {
                break;
            }
        }

        await Task.WhenAll(open);
    }

    private async Task PassAsync(HttpListenerContext context)
    {
        try
        {
            if (Pass())
            {
                context.Response.Abort();
                return;
            }

            using var request = new HttpRequestMessage(new HttpMethod(context.Request.HttpMethod), new Uri(_target, context.Request.RawUrl!));
            if (context.Request.HasEntityBody)
            {
                using var body = new MemoryStream();
                await context.Request.InputStream.CopyToAsync(body);
                request.Content = new ByteArrayContent(body.ToArray());
                request.Content.Headers.TryAddWithoutValidation("Content-Type", context.Request.ContentType);
            }

            foreach (var name in new[] { "ConsistencyLevel", "Prefer", "client-request-id" })
            {
                if (context.Request.Headers[name] is { } value)
                {
                    request.Headers.TryAddWithoutValidation(name, value);
                }
            }

            using var answer = await _client.SendAsync(request);
            var bytes = await answer.Content.ReadAsByteArrayAsync();
            if (IsWrite(context.Request) && Pass())
            {
                context.Response.Abort();
                return;
            }

            context.Response.StatusCode = (int)answer.StatusCode;
            foreach (var (name, values) in answer.Headers.Where(static header => header.Key is "Date" or "Retry-After" or "request-id" or "x-ms-throttle-limit-percentage"))
            {
                context.Response.Headers[name] = values.First();
            }

            if (answer.Content.Headers.ContentType is { } type && bytes.Length > 0)
            {
                context.Response.ContentType = type.ToString().Replace($"{_target.Authority}", Address.Authority);
            }

            context.Response.ContentLength64 = bytes.Length;
            await context.Response.OutputStream.WriteAsync(bytes);
            context.Response.Close();
        }
        catch (Exception error) when (error is HttpRequestException or HttpListenerException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            context.Response.Abort();
        }
    }

    private bool Pass()
    {
        var point = Interlocked.Increment(ref _point);
        return _killAt >= 0 && point >= _killAt && _die();
    }

    private static bool IsWrite(HttpListenerRequest request) =>
        request.HttpMethod != "GET" && !request.RawUrl!.EndsWith("/$batch", StringComparison.Ordinal) && !request.RawUrl.EndsWith("/getByIds", StringComparison.Ordinal);
}
