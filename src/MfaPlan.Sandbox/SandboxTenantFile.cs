using MfaPlan.Sandbox.Tenant;

namespace MfaPlan.Sandbox;

/// <summary>The tenant without a server: for showing it and for moving its clock.</summary>
public static class SandboxTenantFile
{
    /// <summary>The tenant as it is now, in the format of the tenant file, indented.</summary>
    /// <param name="tenantFile">The file it starts from.</param>
    /// <param name="stateFile">Where it is kept; need not exist.</param>
    /// <exception cref="SandboxFileException">A file is no tenant.</exception>
    public static string Show(string tenantFile, string? stateFile) =>
        TenantFileWriter.Show(TenantStore.Load(tenantFile, stateFile, TimeProvider.System));

    /// <summary>Forgets what was kept: the next start reads the tenant file again.</summary>
    /// <param name="stateFile">Where the tenant is kept; need not exist.</param>
    /// <exception cref="SandboxFileException">A sandbox is running on the state.</exception>
    public static void Reset(string stateFile)
    {
        using (StateLock.Take(stateFile))
        {
            foreach (var file in new[] { stateFile, StateLog.PathOf(stateFile), StateLog.FoldingPathOf(stateFile) })
            {
                File.Delete(file);
            }
        }

        File.Delete(StateLock.PathOf(stateFile));
    }

    /// <summary>Moves the tenant's clock and keeps the result in the state file. No server may be running on
    /// it.</summary>
    /// <param name="tenantFile">The file it starts from.</param>
    /// <param name="stateFile">Where it is kept; made where it is missing.</param>
    /// <param name="by">How far to move the clock.</param>
    /// <returns>What it is then.</returns>
    /// <exception cref="SandboxFileException">A file is no tenant, or a sandbox is running on the state.</exception>
    public static DateTimeOffset Advance(string tenantFile, string stateFile, TimeSpan by)
    {
        using var hold = StateLock.Take(stateFile);
        var tenant = TenantStore.Load(tenantFile, stateFile, TimeProvider.System);
        tenant.Clock.Advance(by);
        TenantStore.Fold(tenant, stateFile);
        return tenant.Now;
    }
}
