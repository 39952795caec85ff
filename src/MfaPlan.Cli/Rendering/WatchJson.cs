using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using MfaPlan.Core.Gates;
using MfaPlan.Core.Rollbacks;

namespace MfaPlan.Cli.Rendering;

/// <summary>What <c>watch --json</c> prints.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(WatchDocument))]
internal sealed partial class WatchJson : JsonSerializerContext
{
    private static readonly WatchJson Lines = new(new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    /// <summary>The watch.</summary>
    public static string Document(WatchDocument document) => JsonSerializer.Serialize(document, Lines.WatchDocument);
}

/// <summary>The watch after a cut-over; advice is goOn, stop or notYetKnown.</summary>
internal sealed record WatchDocument(
    int Format, string Advice, string? Run, int Users, DateTimeOffset? SwitchedAt, DateTimeOffset? HoldUntil, IReadOnlyList<CriterionLine> Criteria,
    WatchedCounts? SignIns, BaselineCounts? Baseline, IReadOnlyList<WayBackStepLine> Back, string Query, string Sample)
{
    /// <summary>The document of a watch.</summary>
    public static WatchDocument Of(GateReading reading, ImmutableArray<WayBackStep> back)
    {
        var (routing, read) = (reading.Query.Routing, reading.Sample.SignIns as SignInEvidence.Read);
        return new WatchDocument(
            1, reading.Decision.Result switch { GateResult.Open => "goOn", GateResult.Closed => "stop", _ => "notYetKnown" },
            routing?.Run, routing?.Users ?? 0, routing?.Last, reading.Decision.HoldUntil, CriterionLine.Of(reading.Decision),
            read?.Watched, read?.Baseline, WayBackStepLine.Of(back), reading.QueryDigest, reading.SampleDigest);
    }
}
