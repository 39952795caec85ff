using System.Text.Json;
using System.Text.Json.Serialization;

namespace MfaPlan.Graph.Wire;

/// <summary>The <c>@odata.type</c> of a method, as far as it matters here.</summary>
internal enum MethodType
{
    /// <summary>Not written: a typed list leaves it out, where it goes without saying.</summary>
    Unwritten = 0,

    /// <summary>A type this version does not know.</summary>
    Unknown,

    /// <summary>Known, and no second factor that a migration counts: password, mail, passes, PIN, resource accounts.</summary>
    NoFactor,

    Phone,
    Authenticator,

    /// <summary>Beta lists a device set up for passwordless sign-in under a name of its own.</summary>
    PasswordlessAuthenticator,

    SoftwareOath,
    HardwareOath,

    /// <summary>Windows Hello for Business and platform credentials.</summary>
    PhishingResistant,

    /// <summary>A passkey (FIDO2).</summary>
    Passkey,
}

/// <summary>Reads the type without keeping its text: a user has about five methods, and a tenant half a million users.</summary>
internal sealed class MethodTypeConverter : JsonConverter<MethodType>
{
    public override bool HandleNull => true;

    public override MethodType Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.Null => MethodType.Unwritten,
        JsonTokenType.String => Of(ref reader),
        _ => throw new JsonException("A type is a string."),
    };

    public override void Write(Utf8JsonWriter writer, MethodType value, JsonSerializerOptions options) => throw new NotSupportedException();

    private static MethodType Of(ref Utf8JsonReader reader)
    {
        Span<char> text = stackalloc char[128];
        if (reader.HasValueSequence ? reader.ValueSequence.Length > text.Length : reader.ValueSpan.Length > text.Length)
        {
            return MethodType.Unknown;
        }

        var name = text[..reader.CopyString(text)];
        name = name[(name.LastIndexOf('.') + 1)..];
        return (ReadOnlySpan<char>)name switch
        {
            "phoneAuthenticationMethod" => MethodType.Phone,
            "microsoftAuthenticatorAuthenticationMethod" => MethodType.Authenticator,
            "passwordlessMicrosoftAuthenticatorAuthenticationMethod" => MethodType.PasswordlessAuthenticator,
            "softwareOathAuthenticationMethod" => MethodType.SoftwareOath,
            "hardwareOathAuthenticationMethod" => MethodType.HardwareOath,
            "fido2AuthenticationMethod" => MethodType.Passkey,
            "windowsHelloForBusinessAuthenticationMethod" or "platformCredentialAuthenticationMethod" =>
                MethodType.PhishingResistant,
            "passwordAuthenticationMethod" or "emailAuthenticationMethod" or "temporaryAccessPassAuthenticationMethod"
                or "qrCodePinAuthenticationMethod" or "resourceAccountKeyAuthenticationMethod" => MethodType.NoFactor,
            _ => MethodType.Unknown,
        };
    }
}
