using System.Security.Cryptography;
using System.Text.Json;

namespace MfaPlan.State;

/// <summary>A data key under a key-encryption key, by AES-256-GCM.</summary>
/// <param name="Id">Names the data key; chance.</param>
/// <param name="Kek">The id of the key-encryption key: the first 8 hexadecimal digits of its SHA-256.</param>
/// <param name="Nonce">12 bytes.</param>
/// <param name="Wrapped">Ciphertext and tag, 48 bytes.</param>
internal sealed record WrappedKey(string Id, string Kek, byte[] Nonce, byte[] Wrapped)
{
    private const int KeyLength = 32;
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private const int IdBytes = 4;

    /// <summary>Wraps a data key.</summary>
    /// <param name="id">Names it.</param>
    /// <param name="key">32 bytes.</param>
    /// <param name="keyEncryptionKey">32 bytes.</param>
    /// <param name="context">What it belongs to; unwrapping demands the same.</param>
    public static WrappedKey Wrap(string id, ReadOnlySpan<byte> key, ReadOnlySpan<byte> keyEncryptionKey, byte[] context)
    {
        var nonce = RandomNumberGenerator.GetBytes(NonceLength);
        var wrapped = new byte[KeyLength + TagLength];
        using var cipher = new AesGcm(keyEncryptionKey, TagLength);
        cipher.Encrypt(nonce, key, wrapped.AsSpan(0, KeyLength), wrapped.AsSpan(KeyLength), context);
        return new WrappedKey(id, IdOf(keyEncryptionKey), nonce, wrapped);
    }

    /// <summary>The data key.</summary>
    /// <exception cref="StateException">The key is another, or the bytes are.</exception>
    public byte[] Unwrap(ReadOnlySpan<byte> keyEncryptionKey, byte[] context)
    {
        if (IdOf(keyEncryptionKey) is var given && given != Kek)
        {
            throw new StateException(
                StateDiagnostics.KeyWrong,
                $"The key is {given}; this state was made with {Kek}.",
                "Give the key that the state was made with, or that it was rotated to." + StateRemedies.WithoutKey);
        }

        try
        {
            var key = new byte[KeyLength];
            using var cipher = new AesGcm(keyEncryptionKey, TagLength);
            cipher.Decrypt(Nonce, Wrapped.AsSpan(0, KeyLength), Wrapped.AsSpan(KeyLength), key, context);
            return key;
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            throw new StateException(
                StateDiagnostics.Damaged, $"Data key {Id} is not what was written.", "Put state.json back from a backup.", exception);
        }
    }

    /// <summary>Reads a key of the file.</summary>
    public static WrappedKey Read(JsonElement json) => new(
        json.GetProperty("id"u8).GetString() ?? string.Empty,
        json.GetProperty("kek"u8).GetString() ?? string.Empty,
        json.GetProperty("nonce"u8).GetBytesFromBase64(),
        json.GetProperty("wrapped"u8).GetBytesFromBase64());

    /// <summary>Writes the key into the file.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, Id);
        json.WriteString("kek"u8, Kek);
        json.WriteBase64String("nonce"u8, Nonce);
        json.WriteBase64String("wrapped"u8, Wrapped);
        json.WriteEndObject();
    }

    private static string IdOf(ReadOnlySpan<byte> key) => Convert.ToHexStringLower(SHA256.HashData(key).AsSpan(0, IdBytes));
}
