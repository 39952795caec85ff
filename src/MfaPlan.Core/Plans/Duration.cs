using System.Text.Json;
using System.Text.Json.Serialization;

namespace MfaPlan.Core.Plans;

/// <summary>A time span as plans write it: 30s, 15m, 24h, 5d.</summary>
/// <param name="Value">The span; never negative.</param>
[JsonConverter(typeof(Converter))]
public readonly record struct Duration(TimeSpan Value)
{
    /// <inheritdoc/>
    public override string ToString() => Durations.Format(Value);

    private sealed class Converter : JsonConverter<Duration>
    {
        public override Duration Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Durations.TryParse(reader.GetString() ?? "", out var value) ? new(value) : throw new JsonException("A duration is written like 24h.");

        public override void Write(Utf8JsonWriter writer, Duration value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }
}
