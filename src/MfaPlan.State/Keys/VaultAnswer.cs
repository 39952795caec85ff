using System.Text.Json.Serialization;

namespace MfaPlan.State.Keys;

/// <summary>What the vault answers.</summary>
/// <param name="Kid">The key that was used, with its version.</param>
/// <param name="Value">In base64url.</param>
internal sealed record VaultAnswer([property: JsonRequired] string Kid, [property: JsonRequired] string Value);
