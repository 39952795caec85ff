using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using MfaPlan.Core.Sealing;
using MfaPlan.Core.Tenants;
using MfaPlan.Engine.Ports;

namespace MfaPlan.Engine.Previewing;

/// <summary>Notes what is read as it comes. What is in a finished block outlives a kill.</summary>
internal sealed class SpoolWriter : IAsyncDisposable
{
    private const int UsersPerBlock = 500;
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly Spool _spool;
    private readonly SealedBlockWriter _sealed;
    private readonly ArrayBufferWriter<byte> _buffer = new(512);
    private readonly Utf8JsonWriter _json;
    private int _users;
    private bool _closed;

    /// <summary>Begins a note.</summary>
    /// <param name="spool">Where to; owned from now on.</param>
    /// <param name="key">The key to seal under.</param>
    /// <param name="salt">32 random bytes.</param>
    /// <param name="head">The first line.</param>
    public SpoolWriter(Spool spool, SealKey key, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> head)
    {
        _spool = spool;
        _sealed = new SealedBlockWriter(spool.Stream, key, salt, SpoolHead.Kind);
        _json = new Utf8JsonWriter(_buffer, Options);
        _sealed.Append(head);
    }

    /// <summary>The note's name.</summary>
    public string Name => _spool.Name;

    /// <summary>Takes a read in; users in order of object id.</summary>
    public void Add(Guid user, Observed<UserMethods>.Seen seen)
    {
        _buffer.ResetWrittenCount();
        _json.Reset(_buffer);
        ObservedJson.Write(_json, user, seen);
        _sealed.Append(_buffer.WrittenSpan);
        if (++_users % UsersPerBlock == 0)
        {
            _sealed.EndBlock();
            _spool.Stream.Flush();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_closed)
        {
            return;
        }

        _closed = true;
        _sealed.EndBlock();
        _sealed.Dispose();
        await _json.DisposeAsync();
        await _spool.Stream.DisposeAsync();
    }
}
