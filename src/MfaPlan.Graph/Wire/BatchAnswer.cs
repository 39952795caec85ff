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

    /// <summary>The header's text.</summary>
    public string? RetryAfterText => RetryAfter switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { ValueKind: JsonValueKind.Number } number => number.GetDouble().ToString(CultureInfo.InvariantCulture),
        _ => null,
    };
}
