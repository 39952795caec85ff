using System.Security.Cryptography;
using System.Text.Json;

namespace MfaPlan.Sources.SignIns;

/// <summary>
/// The rows of a JSON file one by one, of a file of any size: those of an array, or of the member <c>value</c> of an object, as Graph answers; several such values
/// may follow one another, as pages that were saved to one file.
/// </summary>
/// <param name="stream">The file's bytes.</param>
/// <param name="hash">Is given every byte that was read.</param>
internal sealed class JsonRows(Stream stream, IncrementalHash hash)
{
    /// <summary>A row of more bytes is none of a sign-in log.</summary>
    public const int LongestRow = 4 << 20;

    private const int FirstBuffer = 64 << 10;

    private static ReadOnlySpan<byte> Mark => "\uFEFF"u8;

    private byte[] _buffer = new byte[FirstBuffer];
    private int _used;
    private bool _ended;
    private Place _place = Place.Outside;

    private enum Place
    {
        Outside,
        InObject,
        BeforeArray,
        BeforeOther,
        InArray,
        InMember,
    }

    /// <summary>Reads all rows.</summary>
    /// <param name="take">Takes the JSON of each; valid until it returns.</param>
    /// <param name="cancel">Stops the reading.</param>
    /// <exception cref="JsonException">It is no such JSON.</exception>
    public async Task ForEachAsync(Action<JsonElement> take, CancellationToken cancel)
    {
        var state = new JsonReaderState(new JsonReaderOptions { AllowMultipleValues = true });
        var seen = false;
        while (!_ended || _used > 0)
        {
            cancel.ThrowIfCancellationRequested();
            if (!_ended)
            {
                await FillAsync(cancel);
            }

            if (!seen)
            {
                if (_used < Mark.Length && !_ended)
                {
                    continue;
                }

                SkipMark();
                seen = true;
            }

            if (_used == 0)
            {
                continue;
            }

            var before = _used;
            state = Take(state, take);
            if (_ended && _used == before && before > 0)
            {
                // What is left is white space, or a value that is cut off.
                if (_place != Place.Outside || _buffer.AsSpan(0, _used).ContainsAnyExcept(" \t\r\n"u8))
                {
                    throw new JsonException();
                }

                _used = 0;
            }
        }

        if (_place != Place.Outside)
        {
            throw new JsonException();
        }
    }

    private void SkipMark()
    {
        if (_buffer.AsSpan(0, _used).StartsWith(Mark))
        {
            _used -= Mark.Length;
            _buffer.AsSpan(Mark.Length, _used).CopyTo(_buffer);
        }
    }

    private async Task FillAsync(CancellationToken cancel)
    {
        if (_used == _buffer.Length)
        {
            if (_used >= LongestRow)
            {
                throw new JsonException();
            }

            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var read = await stream.ReadAsync(_buffer.AsMemory(_used), cancel);
        hash.AppendData(_buffer, _used, read);
        _used += read;
        _ended = read == 0;
    }

    /// <summary>Takes what is whole in the buffer, and keeps the rest.</summary>
    private JsonReaderState Take(JsonReaderState state, Action<JsonElement> take)
    {
        var reader = new Utf8JsonReader(_buffer.AsSpan(0, _used), _ended, state);
        var done = 0L;
        while (Step(ref reader, take))
        {
            done = reader.BytesConsumed;
            state = reader.CurrentState;
        }

        _buffer.AsSpan((int)done, _used - (int)done).CopyTo(_buffer);
        _used -= (int)done;
        return state;
    }

    /// <summary>One step; false where it is not whole in the buffer.</summary>
    private bool Step(ref Utf8JsonReader reader, Action<JsonElement> take)
    {
        if (!reader.Read())
        {
            return false;
        }

        switch (_place, reader.TokenType)
        {
            case (Place.Outside, JsonTokenType.StartArray):
                _place = Place.InArray;
                return true;
            case (Place.Outside, JsonTokenType.StartObject):
                _place = Place.InObject;
                return true;
            case (Place.InArray, JsonTokenType.EndArray):
            case (Place.InObject, JsonTokenType.EndObject):
                _place = Place.Outside;
                return true;
            case (Place.InMember, JsonTokenType.EndArray):
                _place = Place.InObject;
                return true;
            case (Place.InObject, JsonTokenType.PropertyName):
                _place = reader.ValueTextEquals("value"u8) ? Place.BeforeArray : Place.BeforeOther;
                return true;
            case (Place.BeforeArray, JsonTokenType.StartArray):
                _place = Place.InMember;
                return true;
            case (Place.BeforeOther, _) when reader.TrySkip():
                _place = Place.InObject;
                return true;
            case (Place.BeforeOther, _):
                return false;
            case (Place.InArray or Place.InMember, JsonTokenType.StartObject):
                if (!JsonElement.TryParseValue(ref reader, out var element))
                {
                    return false;
                }

                take(element.Value);
                return true;
            default:
                throw new JsonException();
        }
    }
}
