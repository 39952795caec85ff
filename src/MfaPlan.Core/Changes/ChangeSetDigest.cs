using System.Buffers;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using MfaPlan.Core.Sealing;

namespace MfaPlan.Core.Changes;

/// <summary>
/// The digest of a change set: SHA-256 over its lines in canonical form, each ended by a line feed. Canonical means: personal values stand
/// as keyed codes, no clock reading, a fixed order; so the same state of plan, source and tenant gives the same digest each time.
/// </summary>
public sealed class ChangeSetDigest : IDisposable
{
    /// <summary>How lines are written, canonical and sealed alike.</summary>
    internal static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly ArrayBufferWriter<byte> _buffer = new(1024);
    private readonly Utf8JsonWriter _json;
    private readonly PersonalValues _values;

    /// <summary>Starts with no lines.</summary>
    /// <param name="valueKey">The key of the codes, from the state.</param>
    public ChangeSetDigest(ValueKey valueKey)
    {
        _json = new Utf8JsonWriter(_buffer, Options);
        _values = new PersonalValues(valueKey);
    }

    /// <summary>The line that was taken in last in canonical form, with its line feed; valid until the next.</summary>
    public ReadOnlyMemory<byte> Last => _buffer.WrittenMemory;

    /// <summary>Takes the next line in.</summary>
    public void Add(ChangeSetLine line)
    {
        _buffer.ResetWrittenCount();
        _json.Reset(_buffer);
        ChangeSetJson.Write(_json, line, _values);
        _buffer.Write("\n"u8);
        _hash.AppendData(_buffer.WrittenSpan);
    }

    /// <summary>The digest of the lines so far, 64 hex digits.</summary>
    public string Value() => Convert.ToHexStringLower(_hash.GetCurrentHash());

    /// <inheritdoc/>
    public void Dispose()
    {
        _hash.Dispose();
        _json.Dispose();
    }
}
