using Azure.Core;

namespace MfaPlan.State.Keys;

/// <summary>How the vault is asked: four tries, 20 seconds each, nothing of it traced or logged.</summary>
internal sealed class VaultOptions : ClientOptions
{
    private const int Retries = 3;

    /// <summary>The usual way.</summary>
    public VaultOptions()
    {
        Retry.MaxRetries = Retries;
        Retry.NetworkTimeout = TimeSpan.FromSeconds(20);
        Diagnostics.IsLoggingEnabled = false;
        Diagnostics.IsDistributedTracingEnabled = false;
        Diagnostics.IsTelemetryEnabled = false;
    }
}
