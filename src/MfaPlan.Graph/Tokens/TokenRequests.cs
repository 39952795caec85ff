using MfaPlan.Core.Changes;
using MfaPlan.Core.Sources.Tokens;
using MfaPlan.Engine.Ports;
using MfaPlan.Graph.Http;
using MfaPlan.Graph.Wire;

namespace MfaPlan.Graph.Tokens;

/// <summary>
/// Makes the requests of tokens' changes. The three steps go as three requests by the device's id: the calls that do two steps at once leave a
/// token that is neither one nor the other where the second fails, and the one that creates and assigns shows two different states by its own pages.
/// </summary>
internal sealed class TokenRequests(GraphConnection graph, ITokenSeeds? seeds, DeviceIds ids)
{
    /// <summary>The seed is not in the source any more, or it is another.</summary>
    public const string SeedNotFound = "SeedNotFound";

    /// <summary>No look has shown the device.</summary>
    public const string DeviceNotFound = "DeviceNotFound";

    /// <summary>The tenant's clock and ours differ by more than a code is accepted.</summary>
    public const string ClockSkew = "ClockSkew";

    private const string Unknown = "Unknown";

    /// <summary>The request of a step, or why none can be made.</summary>
    /// <param name="step">The step.</param>
    /// <param name="methods">The path of the user's hardware tokens, with its version.</param>
    public (HttpRequestMessage? Request, string? Refusal) Of(Change.OfToken step, string methods)
    {
        var serial = step.Token.Serial;
        if (step is Change.CreateToken { After: true })
        {
            return seeds?.Find(step.Token) is { } seed ? (Post(DeviceReads.Path, Body(seed, serial)), null) : (null, SeedNotFound);
        }

        if (ids.Find(serial) is not { } id)
        {
            return (null, DeviceNotFound);
        }

        var escaped = Uri.EscapeDataString(id);
        return step switch
        {
            Change.CreateToken => (new HttpRequestMessage(HttpMethod.Delete, graph.At($"{DeviceReads.Path}/{escaped}")), null),
            Change.AssignToken { After: true } => (
                Post(methods, GraphConnection.Content(new AssignWrite(new DeviceName(id)), GraphJson.Default.AssignWrite)), null),
            Change.AssignToken => (new HttpRequestMessage(HttpMethod.Delete, graph.At($"{methods}/{escaped}")), null),
            { After: false } => (Post($"{methods}/{escaped}/deactivate", null), null),
            _ => Activation(step, $"{methods}/{escaped}/activate"),
        };
    }

    private (HttpRequestMessage? Request, string? Refusal) Activation(Change.OfToken step, string path)
    {
        if (seeds?.Find(step.Token) is not { } seed)
        {
            return (null, SeedNotFound);
        }

        // A user is given two intervals to type a code in, so that far a code is accepted. Where the clocks differ by more, one of them is
        // wrong, nobody here can tell which, and a wrong code spoils the activation.
        return graph.Clock.Skew.Duration() > TimeSpan.FromSeconds(2 * seed.IntervalSeconds)
            ? (null, ClockSkew)
            : (Post(path, new CodeContent(seed, graph.Clock)), null);
    }

    private static ByteArrayContent Body(TokenSeed seed, string serial) => seed.Secret.Reveal(secret => GraphConnection.Content(
        new DeviceWrite(
            serial,
            seed.Manufacturer ?? Unknown, // must be given, and an app has neither
            seed.Model ?? Unknown,
            secret,
            seed.IntervalSeconds,
            seed.Algorithm == TokenAlgorithm.Sha256 ? "hmacsha256" : "hmacsha1"),
        GraphJson.Default.DeviceWrite));

    private HttpRequestMessage Post(string path, HttpContent? content) => new(HttpMethod.Post, graph.At(path)) { Content = content };
}
