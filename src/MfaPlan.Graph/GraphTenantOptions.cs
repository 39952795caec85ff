using System.Collections.Immutable;
using Azure.Core;
using MfaPlan.Engine.Ports;
using MfaPlan.Graph.Limiting;

namespace MfaPlan.Graph;

/// <summary>How a tenant is reached.</summary>
/// <param name="BaseAddress">Scheme, host and port of Graph, without a version: <c>https://graph.microsoft.com</c>, or a sandbox.</param>
public sealed record GraphTenantOptions(Uri BaseAddress)
{
    /// <summary>Gives tokens; null for a sandbox, which asks for none.</summary>
    public TokenCredential? Credential { get; init; }

    /// <summary>
    /// Hosts that requests may go to, the base address's own included in any case. Others are reached only by https on its own port,
    /// and the base address only by its own scheme and port.
    /// </summary>
    public ImmutableArray<string> AllowedHosts { get; init; } = [];

    /// <summary>Sends in our place: a fake, or a <see cref="Recording.RecordingHandler"/>. Stays the caller's; null for the network.</summary>
    public HttpMessageHandler? Handler { get; init; }

    /// <summary>The clock for waits, time limits and pace.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The seeds of tokens; null where none are brought over.</summary>
    public ITokenSeeds? Seeds { get; init; }

    /// <summary>How long a read waits for its answer. Calls to the methods service take up to 60 seconds by its own documentation.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>The most requests in flight for one budget, from 1; the service's answers decide how many of them are used.</summary>
    public int MaxInFlight { get; init; } = 64;

    /// <summary>
    /// The pace of writes, so that a known limit is not run into; null where none is known or none holds, as in a sandbox without limits.
    /// </summary>
    public Pace? WritePace { get; init; } = Pace.PublishedWrites;

    /// <summary>
    /// The pace of reads of sign-ins, audits and reports; null where none holds, as in a sandbox without limits.
    /// </summary>
    public Pace? ReportPace { get; init; } = Pace.PublishedReports;

    /// <summary>
    /// The header <c>x-ms-throttle-priority</c>: Low, Normal or High. A bulk job is to be refused before people at their work. Null leaves it out.
    /// </summary>
    public string? ThrottlePriority { get; init; } = "Low";
}
