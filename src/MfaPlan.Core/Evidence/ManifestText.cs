using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MfaPlan.Core.Evidence;

/// <summary>Manifests as bytes. There is one way to write a given one, and nothing else is read.</summary>
public static class ManifestText
{
    /// <summary>The newest format: what is written, and the newest that is read.</summary>
    public const int Format = 2;

    /// <summary>The first format with readings and attestations, and with the holder of each write's begin.</summary>
    public const int WithGates = 2;

    /// <summary>What a manifest calls itself.</summary>
    public const string Kind = "mfaplan-evidence";

    /// <summary>The namespace of the signatures over manifests: one made for another purpose is none.</summary>
    public const string Namespace = "mfaplan-evidence-v1";

    /// <summary>A manifest has no more bytes than that.</summary>
    public const int MaxBytes = 64 * 1024 * 1024;

    /// <summary>The bytes of a manifest.</summary>
    public static byte[] Write(PackManifest manifest) =>
        [.. JsonSerializer.SerializeToUtf8Bytes(manifest, EvidenceJson.Indented.PackManifest), (byte)'\n'];

    /// <summary>The pack digest: SHA-256 of the manifest's bytes, 64 hexadecimal digits.</summary>
    public static string DigestOf(ReadOnlySpan<byte> manifest) => Convert.ToHexStringLower(SHA256.HashData(manifest));

    /// <summary>The file beside the manifest, as <c>sha256sum</c> writes and checks it.</summary>
    public static byte[] DigestFile(ReadOnlySpan<byte> manifest) => Encoding.ASCII.GetBytes($"{DigestOf(manifest)}  {PackPaths.Manifest}\n");

    /// <summary>Reads a manifest.</summary>
    /// <param name="bytes">The file.</param>
    /// <returns>The manifest, or what is wrong with it.</returns>
    public static (PackManifest? Manifest, EvidenceNote? Flaw) Read(ReadOnlySpan<byte> bytes)
    {
        try
        {
            if (FormatOf(bytes) is var format && format > Format)
            {
                return (null, new EvidenceNote(EvidenceDiagnostics.NewerPack, PackPaths.Manifest, string.Create(
                    CultureInfo.InvariantCulture,
                    $"The pack has format {format} and this version reads up to {Format}. Use a version of mfaplan that reads pack format {format}.")));
            }

            if (format < 1 || JsonSerializer.Deserialize(bytes, EvidenceJson.Indented.PackManifest) is not { Kind: Kind } manifest || HasGaps(manifest))
            {
                return (null, None("It is no manifest of an evidence pack."));
            }

            return Write(manifest).AsSpan().SequenceEqual(bytes)
                ? (manifest, null)
                : (null, new EvidenceNote(EvidenceDiagnostics.ManifestChanged, PackPaths.Manifest, "It is not written as manifests are: somebody changed it."));
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException or ArgumentException or NotSupportedException)
        {
            return (null, None("It is not the JSON of a manifest."));
        }
    }

    private static EvidenceNote None(string reason) => new(EvidenceDiagnostics.NoPack, PackPaths.Manifest, reason);

    /// <summary>Whether a list or a dictionary holds nothing where something should stand: the serializer looks at members only, not at elements.</summary>
    private static bool HasGaps(PackManifest manifest) =>
        manifest.Files.Any(static file => file is null) || manifest.Missing.Any(static part => part is null)
        || manifest.Program.Data.Any(static file => file is null) || manifest.Titles.Any(static title => title.Value is null);

    private static int FormatOf(ReadOnlySpan<byte> bytes)
    {
        var reader = new Utf8JsonReader(bytes);
        using var document = JsonDocument.ParseValue(ref reader);
        return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("format", out var format)
            && format.ValueKind == JsonValueKind.Number
            ? format.TryGetInt32(out var number) ? number : int.MaxValue
            : 0;
    }
}

/// <summary>The JSON of packs.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(PackManifest))]
internal sealed partial class EvidenceJson : JsonSerializerContext
{
    /// <summary>With line ends, for people who read a manifest.</summary>
    public static EvidenceJson Indented { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
