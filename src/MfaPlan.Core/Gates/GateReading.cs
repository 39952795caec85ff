using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MfaPlan.Core.Gates;

/// <summary>
/// A gate's query and sample, from which its decision follows, as one line of JSON. There is one way to write it, so that the digests of a journal's line can be
/// worked out from a kept reading, and its decision judged again. No object ids and no names.
/// </summary>
public sealed record GateReading
{
    /// <summary>The newest version that is written and read.</summary>
    public const int Format = 1;

    /// <summary>A reading has no more bytes than that; one that was kept has a few kilobytes.</summary>
    public const int MaxBytes = 64 * 1024;

    private static readonly GateJson Json = new(new JsonSerializerOptions(GateJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>Judges, and keeps what was judged by.</summary>
    /// <param name="query">What was asked.</param>
    /// <param name="sample">What was answered.</param>
    public GateReading(GateQuery query, GateSample sample)
    {
        Query = query;
        Sample = sample;
        Decision = query.IsWatch ? WatchJudge.Judge(query, sample) : GateJudge.Judge(query, sample);
        QueryDigest = DigestOf(JsonSerializer.SerializeToUtf8Bytes(query, Json.GateQuery));
        SampleDigest = DigestOf(JsonSerializer.SerializeToUtf8Bytes(sample, Json.GateSample));
    }

    /// <summary>What was asked.</summary>
    public GateQuery Query { get; }

    /// <summary>What was answered.</summary>
    public GateSample Sample { get; }

    /// <summary>What follows.</summary>
    public GateDecision Decision { get; }

    /// <summary>SHA-256 (hex) of the query's JSON.</summary>
    public string QueryDigest { get; }

    /// <summary>SHA-256 (hex) of the sample's JSON.</summary>
    public string SampleDigest { get; }

    /// <summary>The reading as a line of JSON.</summary>
    public byte[] Write() =>
        [.. JsonSerializer.SerializeToUtf8Bytes(new GateReadingFile(Format, Query, Sample, Decision.Word), Json.GateReadingFile), (byte)'\n'];

    /// <summary>Reads a kept reading and judges it again.</summary>
    /// <exception cref="FormatException">It is not as <see cref="Write"/> writes it, or its result does not follow from it; the message says why.</exception>
    public static GateReading Read(ReadOnlySpan<byte> document)
    {
        GateReadingFile file;
        try
        {
            file = JsonSerializer.Deserialize(document, Json.GateReadingFile) ?? throw new FormatException("it is empty");
        }
        catch (Exception error) when (error is JsonException or NotSupportedException)
        {
            throw new FormatException("it is not the JSON of a gate reading", error);
        }

        if (file.Format != Format)
        {
            throw new FormatException($"its format is {file.Format} and this version reads {Format}; a newer one needs a newer version");
        }

        return JudgedAgain(file) is { } reading && document.SequenceEqual(reading.Write())
            ? reading
            : throw new FormatException("it is not written as gate readings are, or its result does not follow from it");
    }

    /// <summary>The reading of a file; null where it cannot be judged, as no reading is that was.</summary>
    private static GateReading? JudgedAgain(GateReadingFile file)
    {
        if (file.Sample.Answers.Any(static answer => answer is null))
        {
            return null;
        }

        try
        {
            return new GateReading(file.Query, file.Sample);
        }
        catch (Exception error) when (error is ArgumentOutOfRangeException or OverflowException)
        {
            // An instant plus a wait that no calendar holds, a share that no number holds.
            return null;
        }
    }

    private static string DigestOf(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}

/// <summary>A kept reading.</summary>
internal sealed record GateReadingFile(int Format, GateQuery Query, GateSample Sample, string Result);
