namespace MfaPlan.Sandbox;

/// <summary>How a sandbox starts and where it keeps what it is told.</summary>
public sealed record SandboxOptions
{
    /// <summary>The tenant to start from, in the format of the tenant FILE; read when there is no state file
    /// yet.</summary>
    public required string TenantFile { get; init; }

    /// <summary>Where the tenant is kept between commands; null keeps it in memory only.</summary>
    public string? StateFile { get; init; }

    /// <summary>The port on loopback; 0 takes any free one.</summary>
    public int Port { get; init; }

    /// <summary>Where every request and answer is appended as a JSON line; null records nothing.</summary>
    public string? RecordFile { get; init; }

    /// <summary>The clock under the tenant's own clock, which may be ahead of it by the tenant's offset.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
