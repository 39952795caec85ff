using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace MfaPlan.Testing;

/// <summary>
/// A vault at the level of HTTP: answers <c>wrapkey</c> and <c>unwrapkey</c> as Key Vault does, with RSA keys of its own, one for each version. Can be out of
/// reach, refuse, be too busy, or have its key disabled.
/// </summary>
/// <param name="key">The key's identifier without a version.</param>
public sealed class FakeVault(string key) : HttpMessageHandler
{
    private readonly Dictionary<string, RSA> _versions = new(StringComparer.Ordinal) { [VersionOf(1)] = RSA.Create(2048) };

    /// <summary>The newest version.</summary>
    public string Newest { get; private set; } = VersionOf(1);

    /// <summary>Whether nothing answers.</summary>
    public bool Unreachable { get; set; }

    /// <summary>What every request is answered, in place of being carried out: a status and the codes of the refusal, outer and inner.</summary>
    public (HttpStatusCode Status, string Code, string? Inner)? Refusal { get; set; }

    /// <summary>Members that answers lack.</summary>
    public HashSet<string> Lacking { get; } = new(StringComparer.Ordinal);

    /// <summary>The requests so far, method, address and whether they bore a token.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>Makes a new version of the key; the older ones still unwrap.</summary>
    public void AddVersion()
    {
        Newest = VersionOf(_versions.Count + 1);
        _versions[Newest] = RSA.Create(2048);
    }

    /// <summary>Takes a version away.</summary>
    public void Remove(string version) => _versions.Remove(version);

    /// <inheritdoc/>
    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        Requests.Add($"{request.Method} {request.RequestUri} {request.Headers.Authorization?.Scheme} {request.Headers.Authorization?.Parameter}");
        if (Unreachable)
        {
            throw new HttpRequestException("No such host is known.");
        }

        if (Refusal is { } refusal)
        {
            return Refuse(refusal.Status, refusal.Code, refusal.Inner);
        }

        using var reader = new StreamReader(request.Content!.ReadAsStream(cancellationToken), Encoding.UTF8);
        return Answer(request.RequestUri!, JsonNode.Parse(reader.ReadToEnd())!);
    }

    /// <inheritdoc/>
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        Task.FromResult(Send(request, cancellationToken));

    private static string VersionOf(int number) => number.ToString("x32", System.Globalization.CultureInfo.InvariantCulture);

    private HttpResponseMessage Answer(Uri address, JsonNode body)
    {
        var rest = address.GetLeftPart(UriPartial.Path) is var path && path.StartsWith(key + "/", StringComparison.Ordinal) ? path[(key.Length + 1)..].Split('/') : [];
        var version = rest is [{ } named, _] ? named : Newest;
        if (rest is not ([_] or [_, _]) || !_versions.TryGetValue(version, out var rsa))
        {
            return Refuse(HttpStatusCode.NotFound, "KeyNotFound", null);
        }

        if ((string?)body["alg"] != "RSA-OAEP-256" || !address.Query.Contains("api-version=7.", StringComparison.Ordinal))
        {
            return Refuse(HttpStatusCode.BadRequest, "BadParameter", null);
        }

        var value = Base64Url.DecodeFromChars((string)body["value"]!);
        try
        {
            var done = rest[^1] == "wrapkey" ? rsa.Encrypt(value, RSAEncryptionPadding.OaepSHA256) : rsa.Decrypt(value, RSAEncryptionPadding.OaepSHA256);
            var answer = new JsonObject { ["kid"] = $"{key}/{version}", ["value"] = Base64Url.EncodeToString(done) };
            foreach (var member in Lacking)
            {
                answer.Remove(member);
            }

            return Json(HttpStatusCode.OK, answer);
        }
        catch (CryptographicException)
        {
            return Refuse(HttpStatusCode.BadRequest, "BadParameter", null);
        }
    }

    private static HttpResponseMessage Refuse(HttpStatusCode status, string code, string? inner) => Json(status, new JsonObject
    {
        ["error"] = new JsonObject
        {
            ["code"] = code,
            ["message"] = "The caller alice@contoso.com may not.",
            ["innererror"] = inner is null ? null : new JsonObject { ["code"] = inner },
        },
    });

    private static HttpResponseMessage Json(HttpStatusCode status, JsonObject body) =>
        new(status) { Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json") };
}
