namespace MfaPlan.Sandbox.Tenant;

/// <summary>The tenant on disk: the FILE it starts from, the state it is kept in, the write-ahead file beside
/// that.</summary>
internal static class TenantStore
{
    /// <summary>Loads the tenant as it is now, the write-ahead file included; writes nothing.</summary>
    public static TenantState Load(string tenantFile, string? stateFile, TimeProvider time)
    {
        var hasState = stateFile is not null && File.Exists(stateFile);
        var tenant = new TenantState(TenantFileReader.Read(hasState ? stateFile! : tenantFile), time);
        if (stateFile is null)
        {
            return tenant;
        }

        foreach (var log in new[] { StateLog.FoldingPathOf(stateFile), StateLog.PathOf(stateFile) })
        {
            foreach (var change in StateLog.Read(log))
            {
                tenant.Replay(change, log);
            }
        }

        return tenant;
    }

    /// <summary>Whether write-ahead lines wait to be folded into the state file.</summary>
    public static bool HasLog(string stateFile) =>
        File.Exists(StateLog.PathOf(stateFile)) || File.Exists(StateLog.FoldingPathOf(stateFile));

    /// <summary>Writes the state whole: to a temporary file first, which then takes its place.</summary>
    public static void Save(TenantState tenant, string stateFile)
    {
        var temporary = stateFile + ".tmp";
        using (var stream = PrivateFile.Open(temporary, FileMode.Create))
        {
            TenantFileWriter.Write(tenant, stream);
            stream.Flush(flushToDisk: true);
        }

        File.Move(temporary, stateFile, overwrite: true);
    }

    /// <summary>Writes the state and drops the write-ahead files it now holds; for when no server runs on
    /// them.</summary>
    public static void Fold(TenantState tenant, string stateFile)
    {
        Save(tenant, stateFile);
        File.Delete(StateLog.FoldingPathOf(stateFile));
        File.Delete(StateLog.PathOf(stateFile));
    }
}
