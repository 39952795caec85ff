using System.Text.Json;
using System.Text.Json.Serialization;

namespace MfaPlan.Graph.Wire;

/// <summary>Any body that a read of authentication data can have: a list of methods, sign-in preferences, or an error.</summary>
internal sealed record MethodsBody
{
    /// <summary>The methods; null when the body is not such a list.</summary>
    public List<MethodRow>? Value { get; init; }

    [JsonPropertyName("@odata.nextLink")]
    public string? NextLink { get; init; }

    public string? UserPreferredMethodForSecondaryAuthentication { get; init; }

    public bool? IsSystemPreferredAuthenticationMethodEnabled { get; init; }

    public string? PerUserMfaState { get; init; }

    public JsonElement? Error { get; init; }
}

/// <summary>One method of a user.</summary>
internal readonly record struct MethodRow
{
    [JsonPropertyName("@odata.type")]
    [JsonConverter(typeof(MethodTypeConverter))]
    public MethodType Type { get; init; }

    public string? PhoneNumber { get; init; }

    [JsonConverter(typeof(PhoneTypeConverter))]
    public PhoneType PhoneType { get; init; }

    /// <summary>Of hardware tokens only.</summary>
    public DeviceRow? Device { get; init; }

    [JsonConverter(typeof(IsReadyConverter))]
    public bool SmsSignInState { get; init; }
}
