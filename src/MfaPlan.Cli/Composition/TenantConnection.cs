using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using MfaPlan.Engine.Ports;
using MfaPlan.Graph;
using MfaPlan.Graph.Limiting;
using MfaPlan.Graph.Recording;
using MfaPlan.Sandbox;

namespace MfaPlan.Cli.Composition;

/// <summary>The way to the tenant, real or simulated, with its clock. Ends what it started.</summary>
internal sealed class TenantConnection : IAsyncDisposable
{
    private readonly SandboxServer? _sandbox;
    private readonly TextWriter? _record;

    private TenantConnection(GraphTenant tenant, TimeProvider time, SandboxServer? sandbox, TextWriter? record, bool isSandbox)
    {
        Tenant = tenant;
        Time = time;
        _sandbox = sandbox;
        _record = record;
        IsSandbox = isSandbox;
    }

    /// <summary>Reads and writes the tenant.</summary>
    public GraphTenant Tenant { get; }

    /// <summary>The tenant's clock: the sandbox's own, or the machine's.</summary>
    public TimeProvider Time { get; }

    /// <summary>Whether the tenant is simulated.</summary>
    public bool IsSandbox { get; }

    /// <summary>
    /// The later of the machine's and the tenant's time: what is over by either is over. A simulated tenant's own time alone, which may lie before
    /// the machine's: a rehearsal happens on its clock.
    /// </summary>
    public DateTimeOffset LaterNow(CliHost host)
    {
        if (IsSandbox)
        {
            return Time.GetUtcNow();
        }

        var (machine, tenant) = (host.Time.GetUtcNow(), Time.GetUtcNow());
        tenant = Tenant.Now > tenant ? Tenant.Now : tenant;
        return tenant > machine ? tenant : machine;
    }

    /// <summary>The earlier of the clock that the journal is written by and the tenant's: a wait is over when it is by both.</summary>
    public DateTimeOffset EarlierNow
    {
        get
        {
            var ours = Time.GetUtcNow();
            return Tenant.Now < ours ? Tenant.Now : ours;
        }
    }

    /// <summary>Opens the way.</summary>
    public static async Task<TenantConnection> OpenAsync(
        CliHost host, LoadedPlan plan, ConnectionSettings settings, ApplyTimes times, CancellationToken cancellationToken, ITokenSeeds? seeds = null)
    {
        if (settings.Sandbox is not { } where)
        {
            return OpenReal(host, plan, settings, times, seeds);
        }

        SandboxServer? server = null;
        Uri address;
        if (where.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || where.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
        {
            address = new Uri(where.TrimEnd('/') + "/");
            if (!address.IsLoopback)
            {
                throw new CommandFailedException(
                    ExitCodes.WrongUsage, "MFP5003", "A sandbox runs on this machine only: give an address on 127.0.0.1 or localhost.");
            }
        }
        else
        {
            server = await SandboxServer.StartAsync(
                new SandboxOptions { TenantFile = host.FullPath(where), StateFile = StateFile(plan), Time = host.Time }, cancellationToken);
            address = server.BaseAddress;
        }

        // A sandbox may live on another day: its clock is no wrong clock.
        var offset = await ClockOffsetAsync(address, host.Time, cancellationToken);
        var time = offset == TimeSpan.Zero ? host.Time : new OffsetClock(host.Time, offset);
        var record = OpenRecord(host, settings.Record);
        var tenant = GraphTenant.Open(new GraphTenantOptions(address)
        {
            AllowedHosts = [address.Host],
            Handler = Recording(record),
            Seeds = seeds,
            Time = time,
            RequestTimeout = times.RequestTimeout,
            WritePace = settings.WritesPerSecond is { } rate ? Pace.Writes(rate) : null,
            ReportPace = null,
        });
        return new TenantConnection(tenant, time, server, record, isSandbox: true);
    }

    /// <summary>The machine's time or, with a simulated tenant, its own: for commands that ask the tenant nothing else.</summary>
    /// <param name="host">The world.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="sandbox">The simulated tenant; null for the real one.</param>
    /// <param name="cancellationToken">Stops the asking.</param>
    public static async Task<DateTimeOffset> NowAsync(CliHost host, LoadedPlan plan, string? sandbox, CancellationToken cancellationToken)
    {
        if (sandbox is null)
        {
            return host.Time.GetUtcNow();
        }

        await using var connection = await OpenAsync(
            host, plan, new ConnectionSettings(sandbox, null), ApplyTimes.Of(host, null, null, sandbox: true), cancellationToken);
        return connection.LaterNow(host);
    }

    /// <summary>Where a simulated tenant is kept between commands.</summary>
    public static string StateFile(LoadedPlan plan) => Path.Combine(plan.StateFolder, "sandbox", "tenant.json");

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Tenant.DisposeAsync();
        if (_sandbox is not null)
        {
            await _sandbox.DisposeAsync();
        }

        if (_record is not null)
        {
            await _record.DisposeAsync();
        }
    }

    private static TenantConnection OpenReal(
        CliHost host, LoadedPlan plan, ConnectionSettings settings, ApplyTimes times, ITokenSeeds? seeds)
    {
        var cloud = SignIns.CloudOf(plan.Plan);
        var record = OpenRecord(host, settings.Record);
        var tenant = GraphTenant.Open(new GraphTenantOptions(cloud.Graph)
        {
            Credential = SignIns.Create(host, plan, cloud),
            AllowedHosts = [cloud.Graph.Host],
            Handler = Recording(record),
            Seeds = seeds,
            Time = host.Time,
            RequestTimeout = times.RequestTimeout,
            WritePace = settings.WritesPerSecond is { } rate ? Pace.Writes(rate) : Pace.PublishedWrites,
        });
        return new TenantConnection(tenant, host.Time, sandbox: null, record, isSandbox: false);
    }

    private static StreamWriter? OpenRecord(CliHost host, string? path) =>
        path is null ? null : new StreamWriter(host.FullPath(path), append: true) { AutoFlush = true, NewLine = "\n" };

#pragma warning disable CA2000 // The recording handler owns the one behind it, and the tenant owns both.
    private static RecordingHandler? Recording(TextWriter? record) =>
        record is null ? null : new RecordingHandler(record, new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
#pragma warning restore CA2000

    private static async Task<TimeSpan> ClockOffsetAsync(Uri address, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            using var http = new HttpClient();
            var clock = await http.GetFromJsonAsync<JsonElement>(new Uri(address, "sandbox/clock"), cancellationToken);
            var now = DateTimeOffset.Parse(clock.GetProperty("utcNow").GetString()!, CultureInfo.InvariantCulture);
            var offset = now - time.GetUtcNow();
            return offset.Duration() < TimeSpan.FromSeconds(2) ? TimeSpan.Zero : offset;
        }
        catch (HttpRequestException error)
        {
            throw new CommandFailedException(
                ExitCodes.Failed, "MFP5004", $"No sandbox answers at {address} ({error.HttpRequestError}). Start one with: mfaplan sandbox --tenant FILE --port N");
        }
    }
}
