using System.Buffers;
using System.Buffers.Text;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using MfaPlan.Core.Changes;

namespace MfaPlan.Core.Journals;

/// <summary>One line of the journal, without its line end, and the entry it holds.</summary>
public static class JournalLines
{
    /// <summary>The newest format of lines: what is written, and the newest that is read.</summary>
    public const int Format = 1;

    /// <summary>The hash before the first line.</summary>
    public const string Genesis = "0000000000000000000000000000000000000000000000000000000000000000";

    // Texts are checked before they are written; nothing in them needs the escapes that protect a web page.
    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    /// <summary>
    /// Refuses an entry that holds a text the journal may not keep. Codes of the service are not refused but replaced
    /// on writing.
    /// </summary>
    /// <exception cref="ArgumentException">It holds one.</exception>
    public static void Check(JournalEntry entry)
    {
        switch (entry)
        {
            case JournalEntry.Run run:
                JournalText.Word(run.RunId, nameof(run.RunId));
                JournalText.Word(run.Digest, nameof(run.Digest));
                JournalText.Name(run.Plan, nameof(run.Plan));
                JournalText.Word(run.PlanDigest, nameof(run.PlanDigest));
                JournalText.Name(run.Stage, nameof(run.Stage));
                JournalText.Word(run.Purpose, nameof(run.Purpose));
                JournalText.Word(run.Undoes ?? "none", nameof(run.Undoes));
                JournalText.Word(run.Holder, nameof(run.Holder));
                break;
            case JournalEntry.Begin begin:
                JournalText.Word(begin.RunId, nameof(begin.RunId));
                JournalText.Name(begin.Unit.ToString(), nameof(begin.Unit));
                foreach (var change in begin.Changes)
                {
                    JournalText.Word(change, nameof(begin.Changes));
                }

                break;
            case JournalEntry.Settle settle:
                JournalText.Word(settle.RunId, nameof(settle.RunId));
                JournalText.Name(settle.Unit.ToString(), nameof(settle.Unit));
                foreach (var outcome in settle.Outcomes)
                {
                    JournalText.Word(outcome.Id, nameof(settle.Outcomes));
                    if (outcome.Value is { } value)
                    {
                        JournalText.Word(value, nameof(settle.Outcomes));
                    }
                }

                if (settle.Source is { } source)
                {
                    JournalText.Fingerprint(source, nameof(settle.Source));
                }

                break;
            case JournalEntry.Gate gate:
                JournalText.Name(gate.Stage, nameof(gate.Stage));
                JournalText.Word(gate.Result, nameof(gate.Result));
                JournalText.Word(gate.Query, nameof(gate.Query));
                JournalText.Word(gate.Sample, nameof(gate.Sample));
                break;
            case JournalEntry.Close close:
                JournalText.Word(close.RunId, nameof(close.RunId));
                JournalText.Word(close.Result, nameof(close.Result));
                break;
            case JournalEntry.Takeover takeover:
                JournalText.Word(takeover.Holder, nameof(takeover.Holder));
                JournalText.Word(takeover.From, nameof(takeover.From));
                break;
            case JournalEntry.Recovered recovered:
                JournalText.Word(recovered.SavedAs, nameof(recovered.SavedAs));
                break;
            case JournalEntry.Segment segment:
                JournalText.Word(segment.Previous ?? Genesis, nameof(segment.Previous));
                break;
            default:
                throw new ArgumentException("No such entry.", nameof(entry));
        }
    }

    /// <summary>The line of an entry.</summary>
    /// <param name="n">One more than the line before.</param>
    /// <param name="epoch">The writing session.</param>
    /// <param name="entry">What to say.</param>
    /// <param name="previousHash">The hash of the line before; <see cref="Genesis"/> for the first.</param>
    /// <param name="hash">The hash of this line.</param>
    /// <exception cref="ArgumentException">See <see cref="Check"/>.</exception>
    public static byte[] Write(long n, int epoch, JournalEntry entry, string previousHash, out string hash)
    {
        Check(entry);
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteNumber("v"u8, Format);
            json.WriteNumber("n"u8, n);
            json.WriteString("at"u8, entry.At.UtcDateTime);
            WriteKind(json, epoch, entry);
        }

        Span<byte> previous = stackalloc byte[LineHash.Length];
        Span<byte> digits = stackalloc byte[LineHash.Length];
        Encoding.ASCII.GetBytes(previousHash, previous);
        LineHash.Of(previous, buffer.WrittenSpan, digits);
        hash = Encoding.ASCII.GetString(digits);
        LineHash.WriteTail(digits, buffer.GetSpan(LineHash.TailLength));
        buffer.Advance(LineHash.TailLength);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The entry of a line.</summary>
    /// <param name="line">Without line end.</param>
    /// <param name="previousHash">The hash of the line before; <see cref="Genesis"/> for the first.</param>
    /// <exception cref="JournalDamagedException">The line is not what was written there, or was written by a newer
    /// program.</exception>
    public static JournalLine Parse(ReadOnlySpan<byte> line, string previousHash)
    {
        Span<byte> previous = stackalloc byte[LineHash.Length];
        Span<byte> hash = stackalloc byte[LineHash.Length];
        Encoding.ASCII.GetBytes(previousHash, previous);
        Verify(line, previous, 0, hash);
        return Parse(line) with { Hash = Encoding.ASCII.GetString(hash) };
    }

    /// <summary>
    /// Whether a line that does not follow the last good one is the first of a segment and whole as it was written, so that what is missing is the
    /// line before it: a crash tears a line, but does not make one whose hash is right.
    /// </summary>
    /// <param name="line">Without line end.</param>
    public static bool FollowsLostLine(ReadOnlySpan<byte> line)
    {
        try
        {
            return Parse(line).Entry is JournalEntry.Segment { Previous: null or { Length: LineHash.Length } } first
                && Parse(line, first.Previous ?? Genesis).Entry is JournalEntry.Segment;
        }
        catch (JournalDamagedException)
        {
            return false;
        }
    }

    /// <summary>The entry of a line that was verified before, as those of a journal that is read again are.</summary>
    /// <exception cref="JournalDamagedException">The line is not of a form that this program writes.</exception>
    internal static JournalLine Parse(ReadOnlySpan<byte> line)
    {
        var fields = LineReader.Read(line, 0);
        var entry = fields.Kind switch
        {
            LineKind.Begin => new JournalEntry.Begin(
                fields.At, Encoding.UTF8.GetString(fields.Run), fields.Unit, LineReader.ChangesOf(fields.Items)),
            LineKind.Settle => new JournalEntry.Settle(
                fields.At,
                Encoding.UTF8.GetString(fields.Run),
                fields.Unit,
                OutcomesOf(fields.N, fields.Items),
                fields.Source.IsEmpty ? null : Encoding.UTF8.GetString(fields.Source)),
            _ => fields.Rare ?? throw new InvalidOperationException("A rare line is read at once."),
        };
        return new JournalLine(fields.N, fields.Epoch, entry, Encoding.ASCII.GetString(LineHash.Claimed(line)));
    }

    /// <summary>Checks format and hash; what the line says is not looked at.</summary>
    /// <param name="line">Without line end.</param>
    /// <param name="previous">The digits of the hash before.</param>
    /// <param name="n">The number it should have, for the exception.</param>
    /// <param name="hash">The digits of the line's hash.</param>
    internal static void Verify(ReadOnlySpan<byte> line, ReadOnlySpan<byte> previous, long n, Span<byte> hash)
    {
        if (FormatOf(line) is > Format and var format)
        {
            throw new JournalDamagedException(
                JournalDamage.NewerFormat,
                n,
                0,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The line has journal format {format}; this program reads up to {Format}. "
                    + $"Use a version of mfaplan that reads journal format {format}."));
        }

        var claimed = LineHash.Claimed(line);
        if (!claimed.IsEmpty)
        {
            LineHash.Of(previous, line[..^LineHash.TailLength], hash);
        }

        if (claimed.IsEmpty || !claimed.SequenceEqual(hash))
        {
            throw new JournalDamagedException(
                JournalDamage.BrokenChain,
                n,
                0,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Line {n} is not what was written: its hash does not belong to it and the line before."));
        }
    }

    private static ImmutableArray<ChangeSettled> OutcomesOf(long n, ReadOnlySpan<byte> items)
    {
        try
        {
            return OutcomeReader.All(items, withRequests: true);
        }
        catch (FormatException exception)
        {
            throw new JournalDamagedException(JournalDamage.Malformed, n, 0, exception.Message);
        }
    }

    private static int? FormatOf(ReadOnlySpan<byte> line)
    {
        var opening = "{\"v\":"u8;
        return line.StartsWith(opening) && Utf8Parser.TryParse(line[opening.Length..], out int format, out _) ? format : null;
    }

    private static void WriteKind(Utf8JsonWriter json, int epoch, JournalEntry entry)
    {
        switch (entry)
        {
            case JournalEntry.Run run:
                WriteStart(json, "run"u8, run.RunId, epoch);
                json.WriteString("digest"u8, run.Digest);
                json.WriteString("plan"u8, run.Plan);
                json.WriteString("planDigest"u8, run.PlanDigest);
                json.WriteString("stage"u8, run.Stage);
                json.WriteString("purpose"u8, run.Purpose);
                WriteIfAny(json, "undoes"u8, run.Undoes);
                json.WriteString("holder"u8, run.Holder);
                break;
            case JournalEntry.Begin begin:
                WriteStart(json, "begin"u8, begin.RunId, epoch);
                json.WriteString("unit"u8, begin.Unit.ToString());
                json.WriteStartArray("changes"u8);
                foreach (var change in begin.Changes)
                {
                    json.WriteStringValue(change);
                }

                json.WriteEndArray();
                break;
            case JournalEntry.Settle settle:
                WriteStart(json, "settle"u8, settle.RunId, epoch);
                json.WriteString("unit"u8, settle.Unit.ToString());
                json.WriteStartArray("outcomes"u8);
                foreach (var outcome in settle.Outcomes)
                {
                    WriteOutcome(json, outcome);
                }

                json.WriteEndArray();
                WriteIfAny(json, "source"u8, settle.Source);
                break;
            case JournalEntry.Gate gate:
                WriteStart(json, "gate"u8, null, epoch);
                json.WriteString("stage"u8, gate.Stage);
                json.WriteString("result"u8, gate.Result);
                json.WriteString("query"u8, gate.Query);
                json.WriteString("sample"u8, gate.Sample);
                break;
            case JournalEntry.Close close:
                WriteStart(json, "close"u8, close.RunId, epoch);
                json.WriteString("result"u8, close.Result);
                break;
            case JournalEntry.Takeover takeover:
                WriteStart(json, "takeover"u8, null, epoch);
                json.WriteString("holder"u8, takeover.Holder);
                json.WriteString("from"u8, takeover.From);
                break;
            case JournalEntry.Recovered recovered:
                WriteStart(json, "recovered"u8, null, epoch);
                json.WriteString("savedAs"u8, recovered.SavedAs);
                json.WriteNumber("bytes"u8, recovered.Bytes);
                break;
            case JournalEntry.Segment segment:
                WriteStart(json, "segment"u8, null, epoch);
                json.WriteNumber("number"u8, segment.Number);
                WriteIfAny(json, "previous"u8, segment.Previous);
                break;
            default:
                throw new ArgumentException("No such entry.", nameof(entry));
        }
    }

    private static void WriteStart(Utf8JsonWriter json, ReadOnlySpan<byte> kind, string? run, int epoch)
    {
        json.WriteString("kind"u8, kind);
        WriteIfAny(json, "run"u8, run);
        json.WriteNumber("epoch"u8, epoch);
    }

    private static void WriteOutcome(Utf8JsonWriter json, ChangeSettled settled)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, settled.Id);
        json.WriteString("is"u8, settled.Is.Word);
        switch (settled.Is)
        {
            case ChangeOutcome.Applied applied:
                WriteIfAny(json, "request"u8, JournalText.Request(applied.Request));
                break;
            case ChangeOutcome.Drifted drifted:
                json.WriteString("field"u8, JournalText.Code(drifted.Field));
                break;
            case ChangeOutcome.Refused refused:
                json.WriteString("code"u8, JournalText.Code(refused.Code));
                WriteIfAny(json, "request"u8, JournalText.Request(refused.Request));
                break;
            case ChangeOutcome.Unconfirmed unconfirmed:
                WriteIfAny(json, "request"u8, JournalText.Request(unconfirmed.Request));
                break;
            case ChangeOutcome.Blocked blocked:
                json.WriteString("by"u8, JournalText.Code(blocked.By));
                break;
        }

        WriteIfAny(json, "value"u8, settled.Value);
        json.WriteEndObject();
    }

    private static void WriteIfAny(Utf8JsonWriter json, ReadOnlySpan<byte> name, string? text)
    {
        if (text is not null)
        {
            json.WriteString(name, text);
        }
    }
}
