using Azure.Core;
using MfaPlan.Core.Privacy;
using MfaPlan.Graph;

namespace MfaPlan.Cli.Composition;

/// <summary>The plan's sign-in part as a credential. Secrets come from the environment and go nowhere else.</summary>
internal static class SignIns
{
    public static TokenCredential Create(CliHost host, LoadedPlan loaded, GraphCloud cloud)
    {
        var app = loaded.Plan.SignIn?.App;
        return GraphSignIn.Create(new SignInSettings
        {
            TenantId = loaded.Plan.Tenant.Id,
            Cloud = cloud,
            ClientId = app?.ClientId,
            CertificateFile = app?.Certificate?.File is { } file ? loaded.Resolve(file) : null,
            ClientSecret = app?.ClientSecret?.Env is { } name && host.Environment.TryGetValue(name, out var value) ? new Secret(value) : null,
        });
    }
}
