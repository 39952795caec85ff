using System.Text.Json.Serialization;

namespace MfaPlan.Core.Gates;

/// <summary>Gate readings, of which nothing unknown is taken.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(GateReadingFile))]
internal sealed partial class GateJson : JsonSerializerContext;
