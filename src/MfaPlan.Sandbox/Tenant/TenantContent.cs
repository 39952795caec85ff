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

    public required SandboxSwitches Switches { get; init; }
}
