using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using MfaPlan.Core.Sealing;
using MfaPlan.Engine.Ports;

namespace MfaPlan.State;

/// <summary>
/// <c>state.json</c>: whose state this is and its data keys, wrapped. One line that ends with the SHA-256 of what
/// stands before, so that
/// damage shows even without a key.
/// </summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="Sandbox">Whether it is a simulated one.</param>
/// <param name="Created">When the state was made.</param>
/// <param name="Active">The id of the data key that new files are sealed under.</param>
/// <param name="Keys">All data keys.</param>
internal sealed record StateFile(Guid Tenant, bool Sandbox, DateTimeOffset Created, string Active, ImmutableArray<WrappedKey> Keys)
{
    /// <summary>The newest format: what is written, and the newest that is read.</summary>
    public const int Format = 1;

    /// <summary>The file's name.</summary>
    public const string Name = "state.json";

    private const int KeyLength = 32;
    private const int IdBytes = 4;
    private const int HashDigits = 64;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>A new state with one data key.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="sandbox">Whether it is a simulated one.</param>
    /// <param name="now">The instant.</param>
    /// <param name="keyEncryptionKey">Wraps the data key.</param>
    public static StateFile New(Guid tenant, bool sandbox, DateTimeOffset now, ReadOnlySpan<byte> keyEncryptionKey)
    {
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes));
        var wrapped = WrappedKey.Wrap(id, RandomNumberGenerator.GetBytes(KeyLength), keyEncryptionKey, Context(tenant, sandbox, id));
        return new StateFile(tenant, sandbox, now, id, [wrapped]);
    }

    /// <summary>Reads the file's bytes. They must be, byte for byte, those that would be written.</summary>
    /// <exception cref="StateException">They are not, or a newer program wrote them.</exception>
    public static StateFile Read(byte[] bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            var root = document.RootElement;
            if (root.GetProperty("format"u8).GetInt32() is > Format and var format)
            {
                throw new StateException(
                    StateDiagnostics.NewerFormat,
                    string.Create(CultureInfo.InvariantCulture, $"The state has format {format}; this program reads up to {Format}."),
                    string.Create(CultureInfo.InvariantCulture, $"Use a version of mfaplan that reads state format {format}."));
            }

            var state = new StateFile(
                root.GetProperty("tenant"u8).GetGuid(),
                root.GetProperty("sandbox"u8).GetBoolean(),
                root.GetProperty("created"u8).GetDateTimeOffset(),
                root.GetProperty("active"u8).GetString() ?? string.Empty,
                [.. root.GetProperty("keys"u8).EnumerateArray().Select(WrappedKey.Read)]);
            return state.ToBytes().AsSpan().SequenceEqual(bytes) && state.Keys.Any(key => key.Id == state.Active)
                ? state
                : throw Broken(null);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            throw Broken(exception);
        }
    }

    /// <summary>The file's bytes.</summary>
    public byte[] ToBytes()
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteNumber("format"u8, Format);
            json.WriteString("tenant"u8, Tenant);
            json.WriteBoolean("sandbox"u8, Sandbox);
            json.WriteString("created"u8, Created.UtcDateTime);
            json.WriteString("active"u8, Active);
            json.WriteStartArray("keys"u8);
            foreach (var key in Keys)
            {
                key.Write(json);
            }

            json.WriteEndArray();
        }

        Span<byte> hash = stackalloc byte[HashDigits];
        Convert.TryToHexStringLower(SHA256.HashData(buffer.WrittenSpan), hash, out _);
        buffer.Write(",\"hash\":\""u8);
        buffer.Write(hash);
        buffer.Write("\"}\n"u8);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The keys that are derived from the data keys.</summary>
    /// <exception cref="StateException">The key is not the one that the data keys were wrapped with.</exception>
    public StateKeys Open(ReadOnlySpan<byte> keyEncryptionKey)
    {
        var seals = new Dictionary<string, SealKey>(StringComparer.Ordinal);
        ValueKey? values = null;
        foreach (var wrapped in Keys)
        {
            var key = wrapped.Unwrap(keyEncryptionKey, Context(Tenant, Sandbox, wrapped.Id));
            seals[wrapped.Id] = new SealKey(wrapped.Id, Derive(key, "mfaplan/seal/v1"u8));
            values = wrapped.Id == Active ? new ValueKey(wrapped.Id, Derive(key, "mfaplan/values/v1"u8)) : values;
            CryptographicOperations.ZeroMemory(key);
        }

        return new StateKeys(values ?? throw Broken(null), seals[Active], seals.GetValueOrDefault);
    }

    private static byte[] Derive(byte[] key, ReadOnlySpan<byte> label)
    {
        var derived = new byte[KeyLength];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key, derived, salt: [], label);
        return derived;
    }

    private static byte[] Context(Guid tenant, bool sandbox, string id) =>
        Encoding.UTF8.GetBytes($"mfaplan/state/v1|{tenant:D}|{(sandbox ? "sandbox" : "real")}|{id}");

    private static StateException Broken(Exception? inner) => new(
        StateDiagnostics.Damaged,
        $"{Name} is not what was written.",
        "Put it back from a backup: it holds the data keys, and nothing else opens what they sealed.",
        inner);
}
