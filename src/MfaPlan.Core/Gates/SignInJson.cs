using System.Text.Json.Serialization;

namespace MfaPlan.Core.Gates;

/// <summary>Sign-ins as Graph and its exports write them; members that are not used are passed over, a member twice is refused.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    AllowDuplicateProperties = false)]
[JsonSerializable(typeof(SignInRow))]
public sealed partial class SignInJson : JsonSerializerContext;
