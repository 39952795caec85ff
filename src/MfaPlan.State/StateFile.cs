using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using MfaPlan.Core.Sealing;
using MfaPlan.Engine.Ports;
using MfaPlan.State.Keys;

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
    public const int Newest = 2;

    /// <summary>The file's name.</summary>
    public const string Name = "state.json";

    private const int First = 1;
    private const int KeyLength = 32;
    private const int IdBytes = 4;
    private const int HashDigits = 64;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>The file's own format.</summary>
    public int Format { get; init; } = Newest;

    /// <summary>The id of the data key that values are compared by. It never changes: digests and fingerprints stand on it.</summary>
    public string Values { get; init; } = Active;

    /// <summary>The key that wraps the data keys, where a vault keeps it.</summary>
    public VaultWrapped? Vault { get; init; }

    /// <summary>When and by whom the keys were destroyed; null while there are any.</summary>
    public Shredding? Shredded { get; init; }

    /// <summary>A new state with one data key.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="sandbox">Whether it is a simulated one.</param>
    /// <param name="now">The instant.</param>
    /// <param name="key">Wraps the data key; made first where that is allowed and it is missing.</param>
    /// <exception cref="StateException">There is no key.</exception>
    public static StateFile New(Guid tenant, bool sandbox, DateTimeOffset now, KeySource key)
    {
        var (keyEncryptionKey, vault) = key.Make();
        try
        {
            var wrapped = NewKey(tenant, sandbox, keyEncryptionKey);
            return new StateFile(tenant, sandbox, now, wrapped.Id, [wrapped]) { Vault = vault };
        }
        finally
        {
            CryptographicOperations.ZeroMemory(keyEncryptionKey);
        }
    }

    /// <summary>The same data keys, under another key, a new one for seals among them, or both.</summary>
    /// <param name="key">The key that wraps the data keys now; a vault is asked for it once.</param>
    /// <param name="next">The key that is to wrap them; null for the one that does now, which a vault wraps by its newest version.</param>
    /// <param name="newSeal">Whether a new data key is made, which seals from then on.</param>
    /// <exception cref="StateException">The key is not the one that wraps them, the next cannot be had, or the keys were destroyed.</exception>
    public StateFile Rotate(KeySource key, KeySource? next, bool newSeal)
    {
        RefuseShredded();
        var old = key.Open(Vault);
        try
        {
            // What the present key does not open must not be given another: nothing would open it ever after.
            foreach (var wrapped in Keys)
            {
                CryptographicOperations.ZeroMemory(wrapped.Unwrap(old, Context(Tenant, Sandbox, wrapped.Id)));
            }

            if (next is null && key is not KeySource.Vault)
            {
                return Rewrapped(old, old, null, newSeal);
            }

            var (made, vault) = (next ?? key).Make();
            try
            {
                return Rewrapped(old, made, vault, newSeal);
            }
            finally
            {
                CryptographicOperations.ZeroMemory(made);
            }
        }
        finally
        {
            CryptographicOperations.ZeroMemory(old);
        }
    }

    /// <summary>The same state with no key left.</summary>
    /// <exception cref="StateException">The keys were destroyed before.</exception>
    public StateFile Shred(Shredding shredding)
    {
        RefuseShredded();
        return this with { Format = Newest, Active = string.Empty, Values = string.Empty, Keys = [], Vault = null, Shredded = shredding };
    }

    /// <summary>Reads the file's bytes. They must be, byte for byte, those that would be written.</summary>
    /// <exception cref="StateException">They are not, or a newer program wrote them.</exception>
    public static StateFile Read(byte[] bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            var root = document.RootElement;
            if (root.GetProperty("format"u8).GetInt32() is > Newest and var format)
            {
                throw new StateException(
                    StateDiagnostics.NewerFormat,
                    string.Create(CultureInfo.InvariantCulture, $"The state has format {format}; this program reads up to {Newest}."),
                    string.Create(CultureInfo.InvariantCulture, $"Use a version of mfaplan that reads state format {format}."));
            }

            var active = root.GetProperty("active"u8).GetString() ?? string.Empty;
            var state = new StateFile(
                root.GetProperty("tenant"u8).GetGuid(),
                root.GetProperty("sandbox"u8).GetBoolean(),
                root.GetProperty("created"u8).GetDateTimeOffset(),
                active,
                [.. root.GetProperty("keys"u8).EnumerateArray().Select(WrappedKey.Read)])
            {
                Format = root.GetProperty("format"u8).GetInt32(),
                Values = root.TryGetProperty("values"u8, out var values) ? values.GetString() ?? string.Empty : active,
                Vault = root.TryGetProperty("vault"u8, out var vault)
                    ? new VaultWrapped(
                        VaultKeyId.Parse(vault.GetProperty("key"u8).GetString() ?? string.Empty), vault.GetProperty("wrapped"u8).GetBytesFromBase64())
                    : null,
                Shredded = root.TryGetProperty("shredded"u8, out var shredded)
                    ? new Shredding(shredded.GetProperty("at"u8).GetDateTimeOffset(), shredded.GetProperty("by"u8).GetString() ?? string.Empty)
                    : null,
            };
            return state.ToBytes().AsSpan().SequenceEqual(bytes) && state.IsWhole ? state : throw Broken(null);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException or KeyNotFoundException
            || (exception is StateException state && state.Diagnostic == StateDiagnostics.VaultKeyUnusable))
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
            if (Format > First && Vault is { } vault)
            {
                json.WriteStartObject("vault"u8);
                json.WriteString("key"u8, vault.Key.ToString());
                json.WriteBase64String("wrapped"u8, vault.Bytes.Span);
                json.WriteEndObject();
            }

            if (Format > First)
            {
                json.WriteString("values"u8, Values);
            }

            json.WriteString("active"u8, Active);
            json.WriteStartArray("keys"u8);
            foreach (var key in Keys)
            {
                key.Write(json);
            }

            json.WriteEndArray();
            if (Format > First && Shredded is { } shredded)
            {
                json.WriteStartObject("shredded"u8);
                json.WriteString("at"u8, shredded.At.UtcDateTime);
                json.WriteString("by"u8, shredded.By);
                json.WriteEndObject();
            }
        }

        Span<byte> hash = stackalloc byte[HashDigits];
        Convert.TryToHexStringLower(SHA256.HashData(buffer.WrittenSpan), hash, out _);
        buffer.Write(",\"hash\":\""u8);
        buffer.Write(hash);
        buffer.Write("\"}\n"u8);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The keys that are derived from the data keys.</summary>
    /// <exception cref="StateException">The key is not the one that the data keys were wrapped with, or they were destroyed.</exception>
    public StateKeys Open(KeySource source)
    {
        RefuseShredded();
        var keyEncryptionKey = source.Open(Vault);
        try
        {
            var seals = new Dictionary<string, SealKey>(StringComparer.Ordinal);
            ValueKey? values = null;
            foreach (var wrapped in Keys)
            {
                var key = wrapped.Unwrap(keyEncryptionKey, Context(Tenant, Sandbox, wrapped.Id));
                seals[wrapped.Id] = new SealKey(wrapped.Id, Derive(key, "mfaplan/seal/v1"u8));
                values = wrapped.Id == Values ? new ValueKey(wrapped.Id, Derive(key, "mfaplan/values/v1"u8)) : values;
                CryptographicOperations.ZeroMemory(key);
            }

            return new StateKeys(values ?? throw Broken(null), seals[Active], seals.GetValueOrDefault);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(keyEncryptionKey);
        }
    }

    private bool IsWhole => Shredded is null
        ? Keys.Any(key => key.Id == Active) && Keys.Any(key => key.Id == Values)
        : Keys.IsEmpty && Vault is null && Active.Length == 0 && Values.Length == 0;

    private void RefuseShredded()
    {
        if (Shredded is { } shredded)
        {
            throw new StateException(
                StateDiagnostics.Shredded,
                string.Create(CultureInfo.InvariantCulture, $"The keys of this state were destroyed at {shredded.At:u} by {shredded.By}: what they sealed cannot be read any more."),
                "\"status\" still reads the journal. Nothing can be shown, applied or rolled back from here; to go on, name another folder in the plan's "
                + "\"state\" and run \"mfaplan init\".");
        }
    }

    private StateFile Rewrapped(ReadOnlySpan<byte> old, ReadOnlySpan<byte> next, VaultWrapped? vault, bool newSeal)
    {
        var keys = ImmutableArray.CreateBuilder<WrappedKey>();
        foreach (var wrapped in Keys)
        {
            var context = Context(Tenant, Sandbox, wrapped.Id);
            var key = wrapped.Unwrap(old, context);
            keys.Add(WrappedKey.Wrap(wrapped.Id, key, next, context));
            CryptographicOperations.ZeroMemory(key);
        }

        if (newSeal)
        {
            keys.Add(NewKey(Tenant, Sandbox, next));
        }

        return this with { Format = Newest, Active = newSeal ? keys[^1].Id : Active, Keys = keys.ToImmutable(), Vault = vault };
    }

    private static WrappedKey NewKey(Guid tenant, bool sandbox, ReadOnlySpan<byte> keyEncryptionKey)
    {
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes));
        var key = RandomNumberGenerator.GetBytes(KeyLength);
        var wrapped = WrappedKey.Wrap(id, key, keyEncryptionKey, Context(tenant, sandbox, id));
        CryptographicOperations.ZeroMemory(key);
        return wrapped;
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
