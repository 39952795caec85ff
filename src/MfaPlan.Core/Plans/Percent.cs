using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MfaPlan.Core.Plans;

/// <summary>A share in percent, written such as 60%.</summary>
/// <param name="Value">From 0 to 100.</param>
[JsonConverter(typeof(Converter))]
public readonly record struct Percent(double Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value.ToString("0.####", CultureInfo.InvariantCulture) + "%";

    private sealed class Converter : JsonConverter<Percent>
    {
        public override Percent Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Limit.Parse(reader.GetString() ?? "") is Limit.Share share ? new(share.Percent) : throw new JsonException("A share ends with %.");

        public override void Write(Utf8JsonWriter writer, Percent value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }
}
