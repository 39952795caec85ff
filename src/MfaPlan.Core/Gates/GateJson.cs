using System.Text.Json;
using System.Text.Json.Serialization;
using MfaPlan.Core.Plans;

namespace MfaPlan.Core.Gates;

/// <summary>Gate readings, of which nothing unknown is taken.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false,
    Converters = [typeof(GateWord<Attestation>), typeof(GateWord<Inconclusive>)])]
[JsonSerializable(typeof(GateReadingFile))]
internal sealed partial class GateJson : JsonSerializerContext;

/// <summary>A word of a plan, written as plans write it.</summary>
internal sealed class GateWord<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where T : struct, Enum;
