using System.Text.Json;
using System.Text.Json.Serialization;

namespace MfaPlan.Core.Plans;

/// <summary>How a checked document becomes records: by reflection, since generated code does not keep the defaults of init properties.</summary>
internal static class PlanJson
{
    /// <summary>camelCase names and words; what the schema would refuse is refused here too.</summary>
    public static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };
}
