using Azure.Core;
using MfaPlan.Core.Plans;
using MfaPlan.Core.Privacy;
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
                certificate.Password is { } password ? Read(host, loaded, password) : null),
            { ClientSecret: { } secret, ClientId: { } client } =>
                new SignInSettings.ClientSecret(tenant, cloud.Login, client, Read(host, loaded, secret)),
            { WorkloadIdentity: true, ClientId: { } client } => new SignInSettings.WorkloadIdentity(
                tenant, cloud.Login, client, host.Environment.GetValueOrDefault("AZURE_FEDERATED_TOKEN_FILE")),
            { ManagedIdentity: true } => new SignInSettings.ManagedIdentity(tenant, cloud.Login, app.ClientId),
            _ => new SignInSettings.MachineDefault(tenant, cloud.Login),
        });
    }

    private static Secret Read(CliHost host, LoadedPlan loaded, SecretRefPart where) => where switch
    {
        { Env: { } name } => host.Environment.TryGetValue(name, out var value) && value.Length > 0
            ? new Secret(value)
            : throw new CommandFailedException(
                ExitCodes.Failed, "MFP5018", $"The environment variable {name}, named in signIn, is not set. Set it for this command only."),
        { File: { } file } when File.Exists(loaded.Resolve(file)) => new Secret(File.ReadAllText(loaded.Resolve(file)).Trim()),
        { File: { } file } => throw new CommandFailedException(ExitCodes.Failed, "MFP5018", $"The file {file}, named in signIn, is not there."),
        _ => throw new CommandFailedException(ExitCodes.Refused, "MFP5015", "This version reads secrets from the environment and from files, not from Key Vault."),
    };
}
