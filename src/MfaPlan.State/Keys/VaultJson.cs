using System.Text.Json;
using System.Text.Json.Serialization;

namespace MfaPlan.State.Keys;

/// <summary>The vault's texts.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = false)]
[JsonSerializable(typeof(VaultRequest))]
[JsonSerializable(typeof(VaultAnswer))]
[JsonSerializable(typeof(VaultRefusal))]
internal sealed partial class VaultJson : JsonSerializerContext;
