using Azure.Core;
using MfaPlan.Core.Plans;
using MfaPlan.Graph;
using MfaPlan.Graph.SignIn;

namespace MfaPlan.Cli.Composition;

/// <summary>The plan's sign-in part as a credential. Secrets come from the environment and go nowhere else.</summary>
internal static class SignIns
{
    /// <summary>Where the plan's cloud is.</summary>
    public static GraphCloud CloudOf(Plan plan)
    {
        var word = plan.Tenant.Cloud switch { Cloud.UsGov => "usGov", Cloud.UsGovDoD => "usGovDoD", Cloud.China => "china", _ => "global" };
        return GraphClouds.Find(word) ?? throw new InvalidOperationException($"The cloud {word} is not known.");
    }

    /// <summary>The credential; nobody is asked for a token yet.</summary>
    public static TokenCredential Create(CliHost host, LoadedPlan loaded, GraphCloud cloud)
    {
        var tenant = loaded.Plan.Tenant.Id;
        var app = loaded.Plan.SignIn?.App;
        return GraphSignIn.Create(app switch
        {
            { Certificate: { } certificate, ClientId: { } client } => new SignInSettings.Certificate(
                tenant, cloud.Login, client, loaded.Resolve(certificate.File),
                certificate.Password is { } password ? Secrets.Read(host, loaded, password, "signIn") : null),
            { ClientSecret: { } secret, ClientId: { } client } =>
                new SignInSettings.ClientSecret(tenant, cloud.Login, client, Secrets.Read(host, loaded, secret, "signIn")),
            { WorkloadIdentity: true, ClientId: { } client } => new SignInSettings.WorkloadIdentity(
                tenant, cloud.Login, client, host.Environment.GetValueOrDefault("AZURE_FEDERATED_TOKEN_FILE")),
            { ManagedIdentity: true } => new SignInSettings.ManagedIdentity(tenant, cloud.Login, app.ClientId),
            _ => new SignInSettings.MachineDefault(tenant, cloud.Login),
        });
    }
}
