using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Sealing;
using MfaPlan.Engine.Ports;

namespace MfaPlan.Engine.ChangeSets;

/// <summary>Change sets in the state: written, hashed and read as a stream, sealed at rest, named by their digest.</summary>
public static class ChangeSetFile
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Checks a change set from end to end: seal, form, order, every keyed code, and the digest it is named by.</summary>
    /// <param name="state">Where it is kept.</param>
    /// <param name="digest">Its digest.</param>
    /// <param name="cancellationToken">Stops the check.</param>
    /// <returns>Its header and footer; null when the state has no such change set.</returns>
    /// <exception cref="ChangeSetBrokenException">It is not what its digest says.</exception>
    public static async Task<(ChangeSetHeader Header, ChangeSetFooter Footer)?> VerifyAsync(
        IStateStore state, string digest, CancellationToken cancellationToken)
    {
        ChangeSetHeader? header = null;
        ChangeSetFooter? footer = null;
        using var hash = new ChangeSetDigest(state.Keys.Values);
        Unit? last = null;
        await using var stream = await state.OpenChangeSetAsync(digest, cancellationToken);
        if (stream is null)
        {
            return null;
        }

        foreach (var line in Lines(stream, state))
        {
            cancellationToken.ThrowIfCancellationRequested();
            hash.Add(line);
            switch (line)
            {
                case ChangeSetLine.Head head when header is null:
                    header = head.Header;
                    break;
                case ChangeSetLine.Of of when header is not null && footer is null && InOrder(last, of.Unit):
                    last = of.Unit;
                    break;
                case ChangeSetLine.Rest when header is not null && footer is null:
                    break;
                case ChangeSetLine.Foot foot when header is not null && footer is null:
                    footer = foot.Footer;
                    break;
                default:
                    throw new ChangeSetBrokenException("Its lines are out of order.");
            }
        }

        return header is null || footer is null
            ? throw new ChangeSetBrokenException("It is not whole.")
            : hash.Value() == digest
                ? (header, footer)
                : throw new ChangeSetBrokenException("Its content does not give the digest it is named by.");
    }

    /// <summary>The lines of a change set, streamed. Only after <see cref="VerifyAsync"/>.</summary>
    /// <param name="stream">The sealed file; the caller disposes it.</param>
    /// <param name="state">Where the keys are.</param>
    /// <exception cref="ChangeSetBrokenException">The seal is broken or a line cannot be read.</exception>
    public static IEnumerable<ChangeSetLine> Lines(Stream stream, IStateStore state)
    {
        using var lines = SealedBlockReader.Read(stream, state.Keys.FindSeal).GetEnumerator();
        while (true)
        {
            ChangeSetLine line;
            try
            {
                if (!lines.MoveNext())
                {
                    yield break;
                }

                line = ChangeSetJson.Read(lines.Current);
            }
            catch (Exception error) when (error is SealBrokenException or FormatException or JsonException)
            {
                throw new ChangeSetBrokenException(error.Message, error);
            }

            yield return line;
        }
    }

    /// <summary>Begins a change set.</summary>
    /// <param name="state">Where it will be kept.</param>
    /// <param name="salt">32 random bytes.</param>
    /// <param name="header">Its header.</param>
    /// <param name="cancellationToken">Stops the beginning.</param>
    public static async Task<Writer> CreateAsync(
        IStateStore state, ReadOnlyMemory<byte> salt, ChangeSetHeader header, CancellationToken cancellationToken)
    {
        var writer = new Writer(state, await state.CreateAsync(cancellationToken), salt);
        writer.Add(new ChangeSetLine.Head(header));
        return writer;
    }

    private static bool InOrder(Unit? last, Unit next) =>
        last is null || last.Stage < next.Stage || (last.Stage == next.Stage && last.Id < next.Id);

    /// <summary>Writes the lines of one change set; without <see cref="CommitAsync"/> nothing is kept.</summary>
    public sealed class Writer : IAsyncDisposable
    {
        private readonly IStateStore _state;
        private readonly Stream _stream;
        private readonly SealedBlockWriter _sealed;
        private readonly ChangeSetDigest _digest;
        private readonly ArrayBufferWriter<byte> _buffer = new(1024);
        private readonly Utf8JsonWriter _json;
        private readonly PersonalValues _clear = new(key: null);
        private bool _committed;

        internal Writer(IStateStore state, Stream stream, ReadOnlyMemory<byte> salt)
        {
            _state = state;
            _stream = stream;
            _sealed = new SealedBlockWriter(stream, state.Keys.Seal, salt.Span, "mfachanges");
            _digest = new ChangeSetDigest(state.Keys.Values);
            _json = new Utf8JsonWriter(_buffer, Options);
        }

        /// <summary>Takes the next line in; units by (stage, id), then leftovers by row.</summary>
        public void Add(ChangeSetLine line)
        {
            _digest.Add(line);
            _buffer.ResetWrittenCount();
            _json.Reset(_buffer);
            ChangeSetJson.Write(_json, line, _clear);
            _sealed.Append(_buffer.WrittenSpan);
        }

        /// <summary>Ends the change set and keeps it under its digest.</summary>
        /// <returns>The digest.</returns>
        public async Task<string> CommitAsync(ChangeSetFooter footer, CancellationToken cancellationToken)
        {
            Add(new ChangeSetLine.Foot(footer));
            _sealed.Complete();
            var digest = _digest.Value();
            await _state.CommitChangeSetAsync(_stream, digest, cancellationToken);
            _committed = true;
            return digest;
        }

        /// <inheritdoc/>
        public async ValueTask DisposeAsync()
        {
            _digest.Dispose();
            _sealed.Dispose();
            await _json.DisposeAsync();
            if (!_committed)
            {
                await _stream.DisposeAsync();
            }
        }
    }
}
