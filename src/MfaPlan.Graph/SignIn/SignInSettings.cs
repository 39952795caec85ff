using MfaPlan.Core.Privacy;

namespace MfaPlan.Graph.SignIn;

/// <summary>How the runner proves who it is.</summary>
public abstract record SignInSettings
{
    private SignInSettings(Guid tenant, Uri login)
    {
        Tenant = tenant;
        Login = login;
    }

    /// <summary>The tenant's id.</summary>
    public Guid Tenant { get; }

    /// <summary>Where tokens come from: <see cref="GraphCloud.Login"/>.</summary>
    public Uri Login { get; }

    /// <summary>Whatever the machine offers: environment, workload identity, managed identity, a developer's tools. Never a browser.</summary>
    public sealed record MachineDefault(Guid Tenant, Uri Login) : SignInSettings(Tenant, Login);

    /// <summary>An app with a certificate and its private key in a file.</summary>
    /// <param name="Tenant">See <see cref="SignInSettings.Tenant"/>.</param>
    /// <param name="Login">See <see cref="SignInSettings.Login"/>.</param>
    /// <param name="ClientId">The app's id.</param>
    /// <param name="Path">A .pem file that holds certificate and key; any other name is read as PKCS #12.</param>
    /// <param name="Password">Of the file, if it has one.</param>
    public sealed record Certificate(Guid Tenant, Uri Login, string ClientId, string Path, Secret? Password) : SignInSettings(Tenant, Login);

    /// <summary>An app with a secret.</summary>
    /// <param name="Tenant">See <see cref="SignInSettings.Tenant"/>.</param>
    /// <param name="Login">See <see cref="SignInSettings.Login"/>.</param>
    /// <param name="ClientId">The app's id.</param>
    /// <param name="Value">The secret, read by the caller.</param>
    public sealed record ClientSecret(Guid Tenant, Uri Login, string ClientId, Secret Value) : SignInSettings(Tenant, Login);

    /// <summary>The identity that Azure gave the machine.</summary>
    /// <param name="Tenant">See <see cref="SignInSettings.Tenant"/>.</param>
    /// <param name="Login">See <see cref="SignInSettings.Login"/>.</param>
    /// <param name="ClientId">Of a user-assigned identity; null for the machine's own.</param>
    public sealed record ManagedIdentity(Guid Tenant, Uri Login, string? ClientId) : SignInSettings(Tenant, Login);

    /// <summary>A federated token that the platform writes to a file.</summary>
    /// <param name="Tenant">See <see cref="SignInSettings.Tenant"/>.</param>
    /// <param name="Login">See <see cref="SignInSettings.Login"/>.</param>
    /// <param name="ClientId">The app's id.</param>
    /// <param name="TokenFile">The file; null for the one that the platform names in AZURE_FEDERATED_TOKEN_FILE.</param>
    public sealed record WorkloadIdentity(Guid Tenant, Uri Login, string ClientId, string? TokenFile) : SignInSettings(Tenant, Login);
}
