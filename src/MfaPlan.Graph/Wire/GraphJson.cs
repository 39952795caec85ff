using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace MfaPlan.Graph.Wire;

/// <summary>
/// What we read and write past the SDK. The hot paths (members, users' methods, phone writes) run half a million times: a call through
/// the SDK costs 39 KiB, one through these types and the same handlers a tenth of it. Members that Graph adds are ignored.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    PropertyNameCaseInsensitive = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(UserPage))]
[JsonSerializable(typeof(UserObject))]
[JsonSerializable(typeof(DirectoryObjectPage))]
[JsonSerializable(typeof(DirectoryObjectIds))]
[JsonSerializable(typeof(BatchRequest))]
[JsonSerializable(typeof(BatchAnswer))]
[JsonSerializable(typeof(MethodsBody))]
[JsonSerializable(typeof(PhoneWrite))]
[JsonSerializable(typeof(PreferencesWrite))]
[JsonSerializable(typeof(AuditPage))]
[JsonSerializable(typeof(SignInPage))]
[JsonSerializable(typeof(DevicePage))]
[JsonSerializable(typeof(DeviceRow))]
[JsonSerializable(typeof(DeviceWrite))]
[JsonSerializable(typeof(AssignWrite))]
[JsonSerializable(typeof(ElementPage))]
[JsonSerializable(typeof(SecurityDefaults))]
[JsonSerializable(typeof(JsonObject))]
[JsonSerializable(typeof(RolloutPage))]
[JsonSerializable(typeof(RolloutRow))]
[JsonSerializable(typeof(GroupIds))]
[JsonSerializable(typeof(GroupIdsAnswer))]
internal sealed partial class GraphJson : JsonSerializerContext;
