using System.Collections.Immutable;
using System.Text.Json;
using MfaPlan.Core.Changes;

namespace MfaPlan.Core.Journals;

/// <summary>
/// Reads the outcomes of a settle, one after the other, without making anything of them unless asked.
/// </summary>
internal ref struct OutcomeReader
{
    private Utf8JsonReader _json;

    /// <summary>Reads an array of outcomes.</summary>
    /// <param name="items">The array as JSON.</param>
    public OutcomeReader(ReadOnlySpan<byte> items)
    {
        _json = new Utf8JsonReader(items);
        _json.Read();
    }

    /// <summary>The change's id.</summary>
    public ReadOnlySpan<byte> Id { get; private set; }

    /// <summary>The outcome's word.</summary>
    public ReadOnlySpan<byte> Word { get; private set; }

    /// <summary>Field, code or by, whichever the word has; empty where it has none.</summary>
    public ReadOnlySpan<byte> Detail { get; private set; }

    /// <summary>The service's request id; empty where there is none.</summary>
    public ReadOnlySpan<byte> Request { get; private set; }

    /// <summary>The fingerprint of the value that was written; empty where there is none.</summary>
    public ReadOnlySpan<byte> Written { get; private set; }

    /// <summary>All outcomes of an array.</summary>
    /// <param name="items">The array as JSON.</param>
    /// <param name="withRequests">Whether request ids and fingerprints are kept.</param>
    /// <exception cref="FormatException">An outcome is not as this program writes it.</exception>
    public static ImmutableArray<ChangeSettled> All(ReadOnlySpan<byte> items, bool withRequests)
    {
        var reader = new OutcomeReader(items);
        var outcomes = ImmutableArray.CreateBuilder<ChangeSettled>();
        while (reader.MoveNext())
        {
            outcomes.Add(reader.Outcome(withRequests));
        }

        return outcomes.DrainToImmutable();
    }

    /// <summary>Goes to the next outcome.</summary>
    /// <exception cref="FormatException">It is not as this program writes it.</exception>
    public bool MoveNext()
    {
        if (!_json.Read() || _json.TokenType == JsonTokenType.EndArray)
        {
            return false;
        }

        Demand(_json.TokenType == JsonTokenType.StartObject);
        _json.Read();
        Id = Value("id"u8);
        Word = Value("is"u8);
        Detail = _json.TokenType == JsonTokenType.PropertyName && DetailName(Word) is { IsEmpty: false } name ? Value(name) : default;
        Request = IsAt("request"u8) ? Value("request"u8) : default;
        Written = IsAt("value"u8) ? Value("value"u8) : default;
        Demand(_json.TokenType == JsonTokenType.EndObject);
        return true;
    }

    /// <summary>The current outcome as a value.</summary>
    public readonly ChangeSettled Outcome(bool withRequest)
    {
        var request = withRequest && !Request.IsEmpty ? Text(Request) : null;
        ChangeOutcome outcome = Word.SequenceEqual("applied"u8) ? new ChangeOutcome.Applied(request)
            : Word.SequenceEqual("alreadyInPlace"u8) ? new ChangeOutcome.AlreadyInPlace()
            : Word.SequenceEqual("drifted"u8) ? new ChangeOutcome.Drifted(Text(Detail))
            : Word.SequenceEqual("refused"u8) ? new ChangeOutcome.Refused(Text(Detail), request)
            : Word.SequenceEqual("unconfirmed"u8) ? new ChangeOutcome.Unconfirmed(request)
            : Word.SequenceEqual("blocked"u8) ? new ChangeOutcome.Blocked(Text(Detail))
            : throw new FormatException("No such outcome.");
        return new ChangeSettled(Text(Id), outcome) { Value = withRequest && !Written.IsEmpty ? Text(Written) : null };
    }

    private static ReadOnlySpan<byte> DetailName(ReadOnlySpan<byte> word) =>
        word.SequenceEqual("drifted"u8) ? "field"u8
        : word.SequenceEqual("refused"u8) ? "code"u8
        : word.SequenceEqual("blocked"u8) ? "by"u8
        : default;

    private static string Text(ReadOnlySpan<byte> bytes) => System.Text.Encoding.UTF8.GetString(bytes);

    private static void Demand(bool asWritten)
    {
        if (!asWritten)
        {
            throw new FormatException("An outcome is not of the form that this program writes.");
        }
    }

    private readonly bool IsAt(ReadOnlySpan<byte> name) =>
        _json.TokenType == JsonTokenType.PropertyName && _json.ValueTextEquals(name);

    private ReadOnlySpan<byte> Value(ReadOnlySpan<byte> name)
    {
        Demand(_json.TokenType == JsonTokenType.PropertyName && _json.ValueTextEquals(name));
        _json.Read();
        Demand(_json.TokenType == JsonTokenType.String && !_json.ValueIsEscaped);
        var value = _json.ValueSpan;
        _json.Read();
        return value;
    }
}
