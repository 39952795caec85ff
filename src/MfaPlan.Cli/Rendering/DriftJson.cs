using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using MfaPlan.Core.Reports;

namespace MfaPlan.Cli.Rendering;

/// <summary>What <c>verify --json</c> prints: a line for each unit that moved or is not known, and a last one with the counts.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(DriftLine))]
[JsonSerializable(typeof(DriftSummary))]
internal sealed partial class DriftJson : JsonSerializerContext
{
    private static readonly DriftJson Lines = new(new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    /// <summary>A unit's line.</summary>
    public static string Line(DriftReport unit) => JsonSerializer.Serialize(new DriftLine(1, unit), Lines.DriftLine);

    /// <summary>The last line.</summary>
    public static string Line(DriftSummary summary) => JsonSerializer.Serialize(summary, Lines.DriftSummary);
}

/// <summary>A unit of the drift.</summary>
internal sealed record DriftLine(int Format, DriftReport Unit);

/// <summary>The counts of the drift.</summary>
/// <param name="Format">The format's version.</param>
/// <param name="Result">unmoved, moved or unknown.</param>
/// <param name="Units">Units looked at.</param>
/// <param name="Unmoved">Units as they were left.</param>
/// <param name="Moved">Units that moved.</param>
/// <param name="Unknown">Units of which something is not known.</param>
/// <param name="Audit">Why the audit log could not be read; null when it could, or was not asked.</param>
internal sealed record DriftSummary(int Format, string Result, long Units, long Unmoved, long Moved, long Unknown, string? Audit);
