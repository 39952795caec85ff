using System.Text.Json;
using System.Text.Json.Serialization;

namespace MfaPlan.Graph.Wire;

/// <summary>The <c>phoneType</c> of a phone method.</summary>
internal enum PhoneType
{
    /// <summary>Not written, or a word that this version does not know.</summary>
    Unknown = 0,

    Mobile,
    AlternateMobile,
    Office,
}

/// <summary>Reads a phone type without keeping its text.</summary>
internal sealed class PhoneTypeConverter : JsonConverter<PhoneType>
{
    public override bool HandleNull => true;

    public override PhoneType Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType switch
        {
            JsonTokenType.Null => PhoneType.Unknown,
            JsonTokenType.String when reader.ValueTextEquals("mobile") => PhoneType.Mobile,
            JsonTokenType.String when reader.ValueTextEquals("alternateMobile") => PhoneType.AlternateMobile,
            JsonTokenType.String when reader.ValueTextEquals("office") => PhoneType.Office,
            JsonTokenType.String => PhoneType.Unknown,
            _ => throw new JsonException("A phone type is a string."),
        };

    public override void Write(Utf8JsonWriter writer, PhoneType value, JsonSerializerOptions options) => throw new NotSupportedException();
}

/// <summary>Reads whether smsSignInState is <c>ready</c>.</summary>
internal sealed class IsReadyConverter : JsonConverter<bool>
{
    public override bool HandleNull => true;

    public override bool Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.Null => false,
        JsonTokenType.String => reader.ValueTextEquals("ready"),
        _ => throw new JsonException("A state is a string."),
    };

    public override void Write(Utf8JsonWriter writer, bool value, JsonSerializerOptions options) => throw new NotSupportedException();
}
