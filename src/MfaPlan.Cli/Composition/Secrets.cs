using MfaPlan.Core.Plans;
using MfaPlan.Core.Privacy;

namespace MfaPlan.Cli.Composition;

/// <summary>Reads the secrets whose places a plan names.</summary>
internal static class Secrets
{
    /// <summary>Reads one.</summary>
    /// <param name="host">The world.</param>
    /// <param name="loaded">The plan.</param>
    /// <param name="where">The place.</param>
    /// <param name="named">Where the plan names it, for people.</param>
    public static Secret Read(CliHost host, LoadedPlan loaded, SecretRefPart where, string named) => where switch
    {
        { Env: { } name } => host.Environment.TryGetValue(name, out var value) && value.Length > 0
            ? new Secret(value)
            : throw new CommandFailedException(
                ExitCodes.Failed, "MFP5018", $"The environment variable {name}, named in {named}, is not set. Set it for this command only."),
        { File: { } file } when File.Exists(loaded.Resolve(file)) => new Secret(File.ReadAllText(loaded.Resolve(file)).Trim()),
        { File: { } file } => throw new CommandFailedException(ExitCodes.Failed, "MFP5018", $"The file {file}, named in {named}, is not there."),
        _ => throw new CommandFailedException(ExitCodes.Refused, "MFP5015", "This version reads secrets from the environment and from files, not from Key Vault."),
    };
}
