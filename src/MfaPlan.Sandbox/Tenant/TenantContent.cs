using System.Text.Json;
using MfaPlan.Sandbox.Authentication;
using MfaPlan.Sandbox.Directory;

namespace MfaPlan.Sandbox.Tenant;

/// <summary>What a tenant file holds.</summary>
internal sealed record TenantContent
{
    public required string TenantId { get; init; }

    public required IReadOnlyList<SandboxUser> Users { get; init; }

    public required IReadOnlyList<SandboxGroup> Groups { get; init; }

    public required IReadOnlyDictionary<string, JsonElement> Documents { get; init; }

    public required IReadOnlyList<HardwareDevice> Devices { get; init; }

    public required TimeSpan ClockOffset { get; init; }

    /// <summary>The instant at which the tenant's clock begins when the file is first read; null for the machine's time and
    /// the offset.</summary>
    public required DateTimeOffset? StartsAt { get; init; }

    public required SandboxSwitches Switches { get; init; }
}
