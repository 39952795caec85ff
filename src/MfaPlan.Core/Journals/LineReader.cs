using System.Buffers.Text;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using MfaPlan.Core.Changes;

namespace MfaPlan.Core.Journals;

/// <summary>
/// Reads one line whose hash is known to be right. Members stand in one order and no others are taken. What is frequent
/// (begin, settle) stays in the line's own bytes, so that a million lines fold without an allocation each; what is rare
/// is made at once.
/// </summary>
internal ref struct LineReader
{
    private readonly ReadOnlySpan<byte> _line;
    private Utf8JsonReader _json;

    private LineReader(ReadOnlySpan<byte> line)
    {
        _line = line;
        _json = new Utf8JsonReader(line);
    }

    /// <summary>The number of the line.</summary>
    public long N { get; private set; }

    /// <summary>The writing session.</summary>
    public int Epoch { get; private set; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; private set; }

    /// <summary>What kind of line.</summary>
    public LineKind Kind { get; private set; }

    /// <summary>Begin and settle: the run's id.</summary>
    public ReadOnlySpan<byte> Run { get; private set; }

    /// <summary>Begin and settle: the unit.</summary>
    public UnitId Unit { get; private set; }

    /// <summary>Begin: the array of change ids. Settle: the array of outcomes. As JSON.</summary>
    public ReadOnlySpan<byte> Items { get; private set; }

    /// <summary>Settle: the fingerprint; empty when there is none.</summary>
    public ReadOnlySpan<byte> Source { get; private set; }

    /// <summary>The other kinds, complete.</summary>
    public JournalEntry? Rare { get; private set; }

    /// <summary>Reads a line.</summary>
    /// <param name="line">Without line end.</param>
    /// <param name="n">The number it should have, for the exception.</param>
    /// <exception cref="JournalDamagedException">The line is not as this program writes it.</exception>
    public static LineReader Read(ReadOnlySpan<byte> line, long n)
    {
        var reader = new LineReader(line);
        try
        {
            reader.ReadAll();
            return reader;
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException or OverflowException)
        {
            throw new JournalDamagedException(
                JournalDamage.Malformed,
                n,
                (int)reader._json.BytesConsumed,
                string.Create(CultureInfo.InvariantCulture, $"Line {n} is whole, but not of a form that this program writes."));
        }
    }

    /// <summary>The change ids of a begin.</summary>
    public static ImmutableArray<string> ChangesOf(ReadOnlySpan<byte> items)
    {
        var json = new Utf8JsonReader(items);
        json.Read();
        var changes = ImmutableArray.CreateBuilder<string>();
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            changes.Add(json.GetString() ?? throw new FormatException("A change id is a text."));
        }

        return changes.DrainToImmutable();
    }

    private void ReadAll()
    {
        Expect(JsonTokenType.StartObject);
        Name("v"u8);
        Integer();
        Name("n"u8);
        N = Integer();
        Name("at"u8);
        Expect(JsonTokenType.String);
        At = _json.GetDateTimeOffset();
        Name("kind"u8);
        Expect(JsonTokenType.String);
        Kind = KindOf(_json.ValueSpan);
        switch (Kind)
        {
            case LineKind.Begin:
                Run = Bytes("run"u8);
                EpochNext();
                Unit = UnitOf(Bytes("unit"u8));
                Items = Texts("changes"u8);
                break;
            case LineKind.Settle:
                Run = Bytes("run"u8);
                EpochNext();
                Unit = UnitOf(Bytes("unit"u8));
                Items = Array("outcomes"u8);
                Source = Next("source"u8) ? Value() : default;
                break;
            default:
                Rare = ReadRare();
                break;
        }

        Name("hash"u8);
        Expect(JsonTokenType.String);
        Expect(JsonTokenType.EndObject);
        if (_json.Read())
        {
            throw new FormatException("Something stands behind the line.");
        }
    }

    private JournalEntry ReadRare()
    {
        switch (Kind)
        {
            case LineKind.Run:
                var run = Text("run"u8);
                EpochNext();
                return new JournalEntry.Run(
                    At,
                    run,
                    Text("digest"u8),
                    Text("plan"u8),
                    Text("planDigest"u8),
                    Text("stage"u8),
                    Text("purpose"u8),
                    Next("undoes"u8) ? Text() : null,
                    Text("holder"u8));
            case LineKind.Close:
                var closed = Text("run"u8);
                EpochNext();
                return new JournalEntry.Close(At, closed, Text("result"u8));
            case LineKind.Gate:
                EpochNext();
                return new JournalEntry.Gate(At, Text("stage"u8), Text("result"u8), Text("query"u8), Text("sample"u8));
            case LineKind.Takeover:
                EpochNext();
                return new JournalEntry.Takeover(At, Text("holder"u8), Text("from"u8));
            case LineKind.Recovered:
                EpochNext();
                return new JournalEntry.Recovered(At, Text("savedAs"u8), Int32("bytes"u8));
            default:
                EpochNext();
                return new JournalEntry.Segment(At, Int32("number"u8), Next("previous"u8) ? Text() : null);
        }
    }

    private void EpochNext() => Epoch = Int32("epoch"u8);

    private void Expect(JsonTokenType token)
    {
        if (!_json.Read() || _json.TokenType != token)
        {
            throw new FormatException("Another kind of token was expected.");
        }
    }

    private void Name(ReadOnlySpan<byte> name)
    {
        Expect(JsonTokenType.PropertyName);
        if (!_json.ValueTextEquals(name))
        {
            throw new FormatException("Another member was expected.");
        }
    }

    private bool Next(ReadOnlySpan<byte> name)
    {
        var ahead = _json;
        if (!ahead.Read() || ahead.TokenType != JsonTokenType.PropertyName || !ahead.ValueTextEquals(name))
        {
            return false;
        }

        _json = ahead;
        return true;
    }

    private long Integer()
    {
        Expect(JsonTokenType.Number);
        return _json.GetInt64();
    }

    private int Int32(ReadOnlySpan<byte> name)
    {
        Name(name);
        Expect(JsonTokenType.Number);
        return _json.GetInt32();
    }

    private string Text(ReadOnlySpan<byte> name)
    {
        Name(name);
        return Text();
    }

    private string Text()
    {
        Expect(JsonTokenType.String);
        return _json.GetString() ?? throw new FormatException("A text was expected.");
    }

    private ReadOnlySpan<byte> Bytes(ReadOnlySpan<byte> name)
    {
        Name(name);
        return Value();
    }

    private ReadOnlySpan<byte> Value()
    {
        Expect(JsonTokenType.String);
        return _json.ValueIsEscaped ? Encoding.UTF8.GetBytes(_json.GetString() ?? string.Empty) : _json.ValueSpan;
    }

    private ReadOnlySpan<byte> Texts(ReadOnlySpan<byte> name)
    {
        Name(name);
        Expect(JsonTokenType.StartArray);
        var start = (int)_json.TokenStartIndex;
        while (_json.Read() && _json.TokenType == JsonTokenType.String)
        {
            // Words of ours: neither escapes, which may stand for half a character, nor bytes that are no text.
            if (_json.ValueIsEscaped || !Ascii.IsValid(_json.ValueSpan))
            {
                throw new FormatException("A list of words was expected.");
            }
        }

        return _json.TokenType == JsonTokenType.EndArray
            ? _line[start..(int)_json.BytesConsumed]
            : throw new FormatException("A list of texts was expected.");
    }

    private ReadOnlySpan<byte> Array(ReadOnlySpan<byte> name)
    {
        Name(name);
        Expect(JsonTokenType.StartArray);
        var start = (int)_json.TokenStartIndex;
        _json.Skip();
        return _line[start..(int)_json.BytesConsumed];
    }

    private static UnitId UnitOf(ReadOnlySpan<byte> text)
    {
        const int LongestName = 512;
        if (text.StartsWith("user/"u8) && Utf8Parser.TryParse(text[5..], out Guid id, out var used, 'D') && used == text.Length - 5)
        {
            return UnitId.ForUser(id);
        }

        Span<char> characters = stackalloc char[LongestName];
        return Encoding.UTF8.TryGetChars(text, characters, out var count)
            ? UnitId.Parse(characters[..count])
            : throw new FormatException("A unit's name is too long.");
    }

    private static LineKind KindOf(ReadOnlySpan<byte> word) =>
        word.SequenceEqual("settle"u8) ? LineKind.Settle
        : word.SequenceEqual("begin"u8) ? LineKind.Begin
        : word.SequenceEqual("run"u8) ? LineKind.Run
        : word.SequenceEqual("close"u8) ? LineKind.Close
        : word.SequenceEqual("gate"u8) ? LineKind.Gate
        : word.SequenceEqual("takeover"u8) ? LineKind.Takeover
        : word.SequenceEqual("recovered"u8) ? LineKind.Recovered
        : word.SequenceEqual("segment"u8) ? LineKind.Segment
        : throw new FormatException("No such kind of line.");
}
