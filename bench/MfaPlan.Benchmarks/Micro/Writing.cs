using System.Buffers;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Planning;
using MfaPlan.Core.Sealing;

namespace MfaPlan.Benchmarks.Micro;

/// <summary>One unit into the change set: canonical form and hash, clear form, sealed block. What one user costs there is the sum.</summary>
public class Writing : IDisposable
{
    private readonly ChangeSetLine _line = new ChangeSetLine.Of(Planner.ForUser(Sample.Context, Sample.Scope(1), Sample.Seen, null));
    private readonly ChangeSetDigest _digest = new(Sample.Values);
    private readonly ArrayBufferWriter<byte> _buffer = new(4096);
    private readonly PersonalValues _clear = new(key: null);
    private readonly SealedBlockWriter _sealed = new(Stream.Null, new SealKey("bench", new byte[32]), new byte[32], "mfachanges");
    private readonly Utf8JsonWriter _json;
    private readonly byte[] _text;

    /// <summary>Writes the line once, for the sealing.</summary>
    public Writing()
    {
        _json = new Utf8JsonWriter(_buffer, new JsonWriterOptions { SkipValidation = true });
        Write();
        _text = _buffer.WrittenSpan.ToArray();
    }

    /// <summary>Canonical form with keyed codes, into SHA-256.</summary>
    [Benchmark]
    public void Digest() => _digest.Add(_line);

    /// <summary>Clear form.</summary>
    [Benchmark]
    public int Write()
    {
        _buffer.ResetWrittenCount();
        _json.Reset(_buffer);
        ChangeSetJson.Write(_json, _line, _clear);
        return _buffer.WrittenCount;
    }

    /// <summary>Compressed and sealed, 256 KiB at a time.</summary>
    [Benchmark]
    public void Seal() => _sealed.Append(_text);

    /// <inheritdoc/>
    [GlobalCleanup]
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Lets go of keys and buffers.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _digest.Dispose();
            _sealed.Dispose();
            _json.Dispose();
        }
    }
}
