using System.Text.Json;
using System.Text.Json.Serialization;

namespace MfaPlan.Graph.Wire;

/// <summary>
/// The body of a part. What is not an object (a gateway's page comes as a base64 string) is no body, rather than the end of the other
/// nineteen parts.
/// </summary>
internal sealed class MethodsBodyConverter : JsonConverter<MethodsBody>
{
    public override MethodsBody? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            return JsonSerializer.Deserialize(ref reader, GraphJson.Default.MethodsBody);
        }

        reader.Skip();
        return null;
    }

    public override void Write(Utf8JsonWriter writer, MethodsBody value, JsonSerializerOptions options) => throw new NotSupportedException();
}
