using System.Text.Json;
using MfaPlan.Sandbox.Tenant;

namespace MfaPlan.Sandbox.Limits;

/// <summary>The limits a tenant has; null does not limit.</summary>
internal sealed record LimitSettings
{
    public static readonly IReadOnlyList<string> Names =
    [
        "writesPer150Seconds", "resourceUnitsPer10Seconds", "reportsPer10Seconds", "conditionalAccessPerSecond",
        "activationsPer5Minutes", "timeFactor",
    ];

    public double? WritesPer150Seconds { get; init; }

    public double? ResourceUnitsPer10Seconds { get; init; }

    public double? ReportsPer10Seconds { get; init; }

    public double? ConditionalAccessPerSecond { get; init; }

    /// <summary>Always on: the published number (graph-api.md 9.3).</summary>
    public double ActivationsPer5Minutes { get; init; } = 200;

    /// <summary>How much faster the windows pass: 60 makes 150 seconds last 2.5.</summary>
    public double TimeFactor { get; init; } = 1;

    public static LimitSettings Read(JsonElement? document)
    {
        if (document is not { } limits)
        {
            return new();
        }

        return new()
        {
            WritesPer150Seconds = limits.Number("writesPer150Seconds"),
            ResourceUnitsPer10Seconds = limits.Number("resourceUnitsPer10Seconds"),
            ReportsPer10Seconds = limits.Number("reportsPer10Seconds"),
            ConditionalAccessPerSecond = limits.Number("conditionalAccessPerSecond"),
            ActivationsPer5Minutes = limits.Number("activationsPer5Minutes") ?? 200,
            TimeFactor = limits.Number("timeFactor") is { } factor && factor > 0 ? factor : 1,
        };
    }
}
