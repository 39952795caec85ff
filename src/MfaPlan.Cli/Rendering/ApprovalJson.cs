using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MfaPlan.Cli.Rendering;

/// <summary>What <c>approve --json</c> prints.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ApprovalDocument))]
internal sealed partial class ApprovalJson : JsonSerializerContext
{
    /// <summary>The document.</summary>
    public static string Document(ApprovalDocument document) => JsonSerializer.Serialize(
        document, new ApprovalJson(new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }).ApprovalDocument);
}

/// <summary>An approval that was made, and what is approved with it.</summary>
internal sealed record ApprovalDocument(int Format, string Digest, string Signer, DateTime Expires, int Signers, int Needed, bool Opens);
