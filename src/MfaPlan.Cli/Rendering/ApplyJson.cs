using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace MfaPlan.Cli.Rendering;

/// <summary>What <c>apply --json</c> prints.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ApplyDocument))]
internal sealed partial class ApplyJson : JsonSerializerContext;

/// <summary>The end of an apply.</summary>
internal sealed record ApplyDocument(
    int Format, string Run, string Digest, string Result, long UnitsSettled, ImmutableSortedDictionary<string, long> Outcomes);
