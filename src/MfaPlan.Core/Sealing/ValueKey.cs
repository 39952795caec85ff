using System.Diagnostics;
using System.Security.Cryptography;

namespace MfaPlan.Core.Sealing;

/// <summary>The key that lets personal values be compared without being kept: HMAC-SHA256.</summary>
[DebuggerDisplay("{Id}")]
public sealed class ValueKey
{
    private const int Length = 32;
    private readonly byte[] _key;

    /// <summary>A key of 32 bytes.</summary>
    /// <param name="id">Names the key; no secret.</param>
    /// <param name="key">32 bytes; copied.</param>
    public ValueKey(string id, ReadOnlySpan<byte> key)
    {
        if (key.Length != Length)
        {
            throw new ArgumentException("A key has 32 bytes.", nameof(key));
        }

        Id = id;
        _key = key.ToArray();
    }

    /// <summary>Names the key.</summary>
    public string Id { get; }

    /// <summary>The HMAC-SHA256 of some bytes.</summary>
    /// <param name="value">What it is made of; separate the fields, or two values may read as one.</param>
    /// <param name="destination">32 bytes.</param>
    public void Hash(ReadOnlySpan<byte> value, Span<byte> destination) => HMACSHA256.HashData(_key, value, destination);

    /// <summary>A copy of the key, for a hash that is fed piece by piece.</summary>
    public byte[] ToArray() => [.. _key];

    /// <inheritdoc/>
    public override string ToString() => Id;
}
