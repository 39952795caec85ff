using System.Diagnostics;
using System.Security.Cryptography;

namespace MfaPlan.Core.Sealing;

/// <summary>
/// The key that whole files are sealed under; each file has a key of its own, derived with the file's salt.
/// </summary>
[DebuggerDisplay("{Id}")]
public sealed class SealKey
{
    private const int Length = 32;
    private readonly byte[] _key;

    /// <summary>A key of 32 bytes.</summary>
    /// <param name="id">Names the key in the files sealed under it; no secret.</param>
    /// <param name="key">32 bytes; copied.</param>
    public SealKey(string id, ReadOnlySpan<byte> key)
    {
        if (key.Length != Length)
        {
            throw new ArgumentException("A key has 32 bytes.", nameof(key));
        }

        Id = id;
        _key = key.ToArray();
    }

    /// <summary>Names the key in the files sealed under it.</summary>
    public string Id { get; }

    /// <inheritdoc/>
    public override string ToString() => Id;

    internal AesGcm ForFile(ReadOnlySpan<byte> salt)
    {
        Span<byte> key = stackalloc byte[Length];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, _key, key, salt, "mfaplan/file/v1"u8);
        var cipher = new AesGcm(key, AesGcm.TagByteSizes.MaxSize);
        CryptographicOperations.ZeroMemory(key);
        return cipher;
    }
}
