using System.Diagnostics;
using System.Net.Http.Json;

namespace MfaPlan.Benchmarks.Scenarios;

/// <summary>A simulated tenant in a process of its own, so that its memory and processor time are not the runner's. Killed in the end.</summary>
internal sealed class SandboxProcess : IDisposable
{
    private readonly Process _process;
    private readonly HttpClient _http;

    private SandboxProcess(Process process, Uri address)
    {
        _process = process;
        Address = address;
        _http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromMinutes(5) };
    }

    /// <summary>Where it listens, on loopback.</summary>
    public Uri Address { get; }

    /// <summary>Starts one on a free port.</summary>
    /// <param name="runner">The runner's executable.</param>
    /// <param name="tenant">The tenant file.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    public static async Task<SandboxProcess> StartAsync(string runner, string tenant, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(runner, ["sandbox", "--tenant", tenant, "--port", "0"])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        var process = Process.Start(start) ?? throw new InvalidOperationException($"{runner} did not start.");
        try
        {
            while (await process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
            {
                if (line.Split(' ').FirstOrDefault(static word => word.StartsWith("http://127.", StringComparison.Ordinal)) is { } address)
                {
                    return new SandboxProcess(process, new Uri(address));
                }
            }

            throw new InvalidOperationException("The sandbox did not say where it listens.");
        }
        catch
        {
            process.Kill();
            process.Dispose();
            throw;
        }
    }

    /// <summary>What it counted since it started.</summary>
    public async Task<Counts> CountsAsync(CancellationToken cancellationToken) =>
        await _http.GetFromJsonAsync<Counts>(new Uri("sandbox/counters", UriKind.Relative), cancellationToken)
            ?? throw new InvalidOperationException("The sandbox has no counters.");

    /// <summary>The tenant as it is now.</summary>
    public async Task<FinalTenant> TenantAsync(CancellationToken cancellationToken)
    {
        await using var stream = await _http.GetStreamAsync(new Uri("sandbox/tenant", UriKind.Relative), cancellationToken);
        return await FinalTenant.ReadAsync(stream, cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _http.Dispose();
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }
}
