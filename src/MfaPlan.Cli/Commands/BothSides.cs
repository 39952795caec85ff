using MfaPlan.Cli.Composition;
using MfaPlan.Core.Sources;
using MfaPlan.Core.Sources.Tokens;
using MfaPlan.Engine.Applying;

namespace MfaPlan.Cli.Commands;

/// <summary>The source and the way to the tenant, read and opened once, under the lock of the first stage that needs them.</summary>
/// <param name="host">The world.</param>
/// <param name="workspace">The plan and its state.</param>
/// <param name="settings">How to reach the tenant.</param>
/// <param name="times">Timeout and window.</param>
internal sealed class BothSides(CliHost host, Workspace workspace, ConnectionSettings settings, ApplyTimes times) : IAsyncDisposable
{
    private SourceData? _source;
    private TenantConnection? _connection;

    /// <summary>Gives both.</summary>
    public async Task<(SourceData Source, TenantConnection Connection)> OpenAsync(CancellationToken cancellationToken)
    {
        _source ??= await Preparations.ReadSourceAsync(host, workspace.Loaded, cancellationToken);
        _connection ??= await TenantConnection.OpenAsync(
            host, workspace.Loaded, settings, times, cancellationToken,
            new SourceSeeds(TokenBook.Of(_source.Tokens, workspace.State.Keys.Values)));
        return (_source, _connection);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _connection?.DisposeAsync() ?? ValueTask.CompletedTask;
}
