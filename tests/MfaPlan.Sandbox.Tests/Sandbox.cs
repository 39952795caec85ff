using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace MfaPlan.Sandbox.Tests;

/// <summary>A server on a tenant given as JSON, spoken to over HTTP; its files are gone after the test.</summary>
internal sealed class Sandbox : IAsyncDisposable
{
    private readonly HttpClient _client;

    private Sandbox(SandboxServer server, string folder)
    {
        Server = server;
        Folder = folder;
        _client = new() { BaseAddress = server.BaseAddress };
    }

    public SandboxServer Server { get; private set; }

    public string Folder { get; }

    public string TenantFile => Path.Combine(Folder, "tenant.json");

    public string StateFile => Path.Combine(Folder, "state.json");

    public string RecordFile => Path.Combine(Folder, "record.jsonl");

    public static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static async Task<Sandbox> StartAsync(
        string tenant,
        bool hasState = false,
        bool isRecorded = false,
        TimeProvider? time = null)
    {
        var folder = System.IO.Directory.CreateTempSubdirectory("mfaplan-sandbox-").FullName;
        var file = Path.Combine(folder, "tenant.json");
        await File.WriteAllTextAsync(file, tenant, Cancelled);
        var options = new SandboxOptions
        {
            TenantFile = file,
            StateFile = hasState ? Path.Combine(folder, "state.json") : null,
            RecordFile = isRecorded ? Path.Combine(folder, "record.jsonl") : null,
            Time = time ?? TimeProvider.System,
        };
        return new(await SandboxServer.StartAsync(options, Cancelled), folder);
    }

    public Task<Reply> GetAsync(string path, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Get, path, null, headers);

    public Task<Reply> PostAsync(string path, string? body, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Post, path, body, headers);

    public Task<Reply> PatchAsync(string path, string body, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Patch, path, body, headers);

    public Task<Reply> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path, null, []);

    public async Task<Reply> SendAsync(
        HttpMethod method,
        string path,
        string? body,
        (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(path.TrimStart('/'), UriKind.RelativeOrAbsolute));
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        using var response = await _client.SendAsync(request, Cancelled);
        var text = await response.Content.ReadAsStringAsync(Cancelled);
        var isJson = response.Content.Headers.ContentType?.MediaType == "application/json";
        return new(
            (int)response.StatusCode,
            isJson ? JsonNode.Parse(text) : null,
            text,
            response.Headers.ToDictionary(
                static header => header.Key,
                static header => string.Join(',', header.Value),
                StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>All objects of a collection, by following its links.</summary>
    public async Task<List<JsonNode>> AllAsync(string path, params (string Name, string Value)[] headers)
    {
        var all = new List<JsonNode>();
        for (string? next = path; next is not null;)
        {
            var reply = await GetAsync(next, headers);
            reply.Status.ShouldBe(200, reply.Text);
            all.AddRange(reply.Json!["value"]!.AsArray().Select(static item => item!));
            next = (string?)reply.Json["@odata.nextLink"];
        }

        return all;
    }

    /// <summary>Starts a second server on the files of the first, which goes on as if it had been killed.</summary>
    public async Task<SandboxServer> StartOnStateAsync(string? stateFile = null) => await SandboxServer.StartAsync(
        new() { TenantFile = TenantFile, StateFile = stateFile ?? StateFile },
        Cancelled);

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await Server.DisposeAsync();
        System.IO.Directory.Delete(Folder, recursive: true);
    }
}
