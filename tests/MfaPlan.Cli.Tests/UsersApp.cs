using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;

namespace MfaPlan.Cli.Tests;

/// <summary>
/// The app or token that a user has in the hand: RFC 6238 by the letter, it knows nothing of this program. And what the tenant says to its codes.
/// </summary>
internal static class UsersApp
{
    /// <summary>The object id of a sample's user.</summary>
    public static string Id(int user) => $"00000000-0000-4000-8000-{user:x12}";

    /// <summary>The six digits that are shown now.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="seconds">How long a code is shown.</param>
    /// <param name="sha256">The hash function: SHA-256, else SHA-1.</param>
    public static string Code(byte[] seed, int seconds, bool sha256)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / seconds);
#pragma warning disable CA5350 // tokens of this kind use SHA-1
        var hash = sha256 ? HMACSHA256.HashData(seed, counter) : HMACSHA1.HashData(seed, counter);
#pragma warning restore CA5350
        var part = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 15, 4)) & int.MaxValue;
        return (part % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    /// <summary>The hardware tokens of a user in the tenant.</summary>
    public static async Task<List<JsonElement>> DevicesAsync(HttpClient graph, int user)
    {
        var methods = await graph.GetFromJsonAsync<JsonElement>($"beta/users/{Id(user)}/authentication/hardwareOathMethods");
        return [.. methods.GetProperty("value").EnumerateArray().Select(static method => method.GetProperty("device"))];
    }

    /// <summary>What the tenant answers to a code of a token.</summary>
    public static async Task<HttpStatusCode> TryCodeAsync(HttpClient graph, int user, JsonElement device, string code)
    {
        using var answer = await graph.PostAsJsonAsync(
            $"beta/users/{Id(user)}/authentication/hardwareOathMethods/{device.GetProperty("id").GetString()}/activate", new { verificationCode = code });
        return answer.StatusCode;
    }
}
