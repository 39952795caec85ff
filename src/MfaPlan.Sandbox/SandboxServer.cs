using System.Net;
using MfaPlan.Sandbox.Authentication;
using MfaPlan.Sandbox.Directory;
using MfaPlan.Sandbox.Http;
using MfaPlan.Sandbox.Limits;
using MfaPlan.Sandbox.Policies;
using MfaPlan.Sandbox.Recording;
using MfaPlan.Sandbox.Reports;
using MfaPlan.Sandbox.Tenant;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace MfaPlan.Sandbox;

/// <summary>A simulated Microsoft Entra tenant that answers on loopback as Microsoft Graph would.</summary>
public sealed class SandboxServer : IAsyncDisposable
{
    private readonly SandboxOptions _options;
    private readonly TenantState _tenant;
    private readonly Counters _counters = new();
    private readonly Recorder? _recorder;
    private readonly KestrelServer _server;
    private readonly StateLock? _hold;
    private readonly SemaphoreSlim _saving = new(1, 1);
    private Task _background = Task.CompletedTask;
    private bool _isDisposed;

    private SandboxServer(SandboxOptions options, TenantState tenant, StateLock? hold)
    {
        _options = options;
        _tenant = tenant;
        _hold = hold;
        _recorder = options.RecordFile is { } file ? new Recorder(file) : null;
        var kestrel = new KestrelServerOptions { AddServerHeader = false };
        kestrel.Listen(IPAddress.Loopback, options.Port);
        _server = new(
            Options.Create(kestrel),
            new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance),
            NullLoggerFactory.Instance);
    }

    /// <summary>Where it listens: <c>http://127.0.0.1:port/</c>.</summary>
    public Uri BaseAddress { get; private set; } = new("http://127.0.0.1/");

    /// <summary>What it has seen so far.</summary>
    public SandboxCounters Counters => _counters.Now;

    /// <summary>Reads the tenant and starts to listen.</summary>
    /// <param name="options">Where the tenant is, and on which port to listen.</param>
    /// <param name="cancellationToken">Ends the start, not the server.</param>
    /// <exception cref="SandboxFileException">The tenant or state file cannot be read.</exception>
    public static async Task<SandboxServer> StartAsync(SandboxOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        var hold = options.StateFile is { } file ? StateLock.Take(file) : null;
        SandboxServer server;
        try
        {
            server = new(options, Open(options), hold);
        }
        catch
        {
            hold?.Dispose();
            throw;
        }

        try
        {
            await server.ListenAsync(cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>The tenant as it is now, in the format of the tenant file: indented JSON in a stable order.</summary>
    public string ShowTenant() => TenantFileWriter.Show(_tenant);

    /// <summary>Writes the tenant to the state file, whole, and drops the write-ahead lines it then holds.</summary>
    /// <param name="ct">Waits no longer for a save that is under way.</param>
    public async Task SaveAsync(CancellationToken ct)
    {
        if (_options.StateFile is not { } state || _tenant.Log is not { } log)
        {
            return;
        }

        await _saving.WaitAsync(ct);
        try
        {
            var folding = StateLog.FoldingPathOf(state);
            log.Rotate(folding);
            TenantStore.Save(_tenant, state);
            File.Delete(folding);
        }
        finally
        {
            _saving.Release();
        }
    }

    /// <summary>Stops listening and saves.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        // The machine's clock: one that stands still, as in tests, must not keep a waiting request alive.
        using (var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2), TimeProvider.System))
        {
            await _server.StopAsync(patience.Token);
        }

        _server.Dispose();
        _recorder?.Dispose();
        await _background;
        if (_tenant.Log is { } log)
        {
            if (log.HasLines)
            {
                await SaveAsync(CancellationToken.None);
            }

            log.Dispose();
            if (_options.StateFile is { } state)
            {
                File.Delete(StateLog.PathOf(state));
            }
        }

        _hold?.Dispose();
        _saving.Dispose();
    }

    private static TenantState Open(SandboxOptions options)
    {
        var tenant = TenantStore.Load(options.TenantFile, options.StateFile, options.Time);
        if (options.StateFile is { } state)
        {
            // From here on the state stands alone: a later edit of the tenant file no longer changes it.
            if (!File.Exists(state) || TenantStore.HasLog(state))
            {
                TenantStore.Fold(tenant, state);
            }

            tenant.Log = new(state);
        }

        return tenant;
    }

    private void SaveInBackground() =>
        _background = Task.Run(() => SaveAsync(CancellationToken.None), CancellationToken.None);

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        if (_tenant.Log is { } log)
        {
            log.Full = SaveInBackground;
        }

        var paging = new Paging(() => BaseAddress, _tenant.Faults);
        var router = new Router();
        router.Add(new UserRoutes(_tenant, paging).All());
        router.Add(new GroupRoutes(_tenant, paging).All());
        router.Add(new MembershipRoutes(_tenant).All());
        router.Add(new MemberOfRoutes(_tenant, paging).All());
        router.Add(new DirectoryObjectRoutes(_tenant).All());
        router.Add(new DomainRoutes(_tenant, paging).All());
        router.Add(new RoleRoutes(_tenant, paging).All());
        router.Add(new PhoneRoutes(_tenant).All());
        router.Add(new MethodRoutes(_tenant).All());
        router.Add(new PreferenceRoutes(_tenant).All());
        router.Add(new MethodsPolicyRoutes(_tenant).All());
        router.Add(new HardwareDeviceRoutes(_tenant, paging).All());
        router.Add(new HardwareMethodRoutes(_tenant).All());
        router.Add(new RolloutRoutes(_tenant, paging).All());
        router.Add(new StrengthRoutes(_tenant, paging).All());
        router.Add(new AccessPolicyRoutes(_tenant, paging).All());
        router.Add(new WhatIfRoutes(_tenant).All());
        router.Add(new RegistrationRoutes(_tenant, paging).All());
        router.Add(new LogRoutes(_tenant, paging).All());
        var pipeline = new Pipeline(_tenant, router, new Throttle(_tenant.Limits, _tenant.TenantId), _counters);
        var batch = new Batch(_tenant, pipeline, _counters);
        await _server.StartAsync(
            new SandboxApplication(_tenant, pipeline, batch, _counters, _recorder),
            cancellationToken);
        BaseAddress = new(_server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First() + "/");
    }
}
