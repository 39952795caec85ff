using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MfaPlan.Graph.Wire;

/// <summary>The answers of a $batch, in any order.</summary>
internal sealed record BatchAnswer(List<BatchAnswerPart> Responses);

/// <summary>One answer in it.</summary>
internal sealed record BatchAnswerPart(string Id, int Status)
{
    public BatchAnswerHeaders? Headers { get; init; }

    [JsonConverter(typeof(MethodsBodyConverter))]
    public MethodsBody? Body { get; init; }
}

/// <summary>The headers of one answer that mean something to us. Strings by the documentation; numbers do no harm.</summary>
internal sealed record BatchAnswerHeaders
{
    [JsonPropertyName("Retry-After")]
    public JsonElement? RetryAfter { get; init; }

    [JsonPropertyName("x-ms-throttle-limit-percentage")]
    public JsonElement? ThrottleLimitPercentage { get; init; }

    /// <summary>The text of <see cref="RetryAfter"/>.</summary>
    public string? RetryAfterText => TextOf(RetryAfter);

    /// <summary>The used share of the limit; 0 where the service does not say.</summary>
    public double Fullness =>
        double.TryParse(TextOf(ThrottleLimitPercentage), NumberStyles.Float, CultureInfo.InvariantCulture, out var share) ? share : 0;

    private static string? TextOf(JsonElement? value) => value switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { ValueKind: JsonValueKind.Number } number => number.GetDouble().ToString(CultureInfo.InvariantCulture),
        _ => null,
    };
}
