using System.Text.Json;
using MfaPlan.Sandbox.Tenant;

namespace MfaPlan.Sandbox.Faults;

/// <summary>What goes wrong, and how often. Rates are from 0 to 1.</summary>
internal sealed record FaultSettings
{
    public static readonly IReadOnlyList<string> Names =
    [
        "seed", "throttleRate", "retryAfterSeconds", "serverErrorRate", "dropAfterWriteRate",
        "replicationDelaySeconds", "latencyMilliseconds", "emptyPageRate",
    ];

    public long Seed { get; init; }

    public double ThrottleRate { get; init; }

    public int RetryAfterSeconds { get; init; } = 1;

    public double ServerErrorRate { get; init; }

    public double DropAfterWriteRate { get; init; }

    public TimeSpan ReplicationDelay { get; init; }

    public TimeSpan Latency { get; init; }

    public double EmptyPageRate { get; init; }

    public static FaultSettings Read(JsonElement? document)
    {
        if (document is not { } faults)
        {
            return new();
        }

        return new()
        {
            Seed = (long)(faults.Number("seed") ?? 0),
            ThrottleRate = faults.Number("throttleRate") ?? 0,
            RetryAfterSeconds = Math.Max(1, (int)Math.Ceiling(faults.Number("retryAfterSeconds") ?? 1)),
            ServerErrorRate = faults.Number("serverErrorRate") ?? 0,
            DropAfterWriteRate = faults.Number("dropAfterWriteRate") ?? 0,
            ReplicationDelay = TimeSpan.FromSeconds(faults.Number("replicationDelaySeconds") ?? 0),
            Latency = TimeSpan.FromMilliseconds(faults.Number("latencyMilliseconds") ?? 0),
            EmptyPageRate = faults.Number("emptyPageRate") ?? 0,
        };
    }
}
