using MfaPlan.Core.Privacy;
using MfaPlan.Engine.Ports;
using MfaPlan.State;
using MfaPlan.State.Keys;

namespace MfaPlan.Cli.Composition;

/// <summary>A plan's state, opened by the rules for keys: made up only by init, and in the sandbox.</summary>
internal static class States
{
    /// <summary>Opens a plan's state; in the sandbox it is made where it is missing.</summary>
    public static IStateStore Open(CliHost host, LoadedPlan loaded, bool sandbox)
    {
        RefuseUnsupported(loaded);
        var folder = loaded.StateFolder;
        if (sandbox && !LocalState.Exists(folder))
        {
            return LocalState.Init(folder, loaded.Plan.Tenant.Id, sandbox: true, Key(host, loaded, mayMake: true), host.Time);
        }

        RefuseInCi(host, sandbox);
        return LocalState.Open(folder, loaded.Plan.Tenant.Id, sandbox, Key(host, loaded, mayMake: false), host.Time);
    }

    /// <summary>Opens a plan's state whatever tenant it is for; null when there is none.</summary>
    public static IStateStore? OpenAny(CliHost host, LoadedPlan loaded)
    {
        RefuseUnsupported(loaded);
        return LocalState.IsSandbox(loaded.StateFolder) is { } sandbox
            ? LocalState.Open(loaded.StateFolder, loaded.Plan.Tenant.Id, sandbox, Key(host, loaded, mayMake: false), host.Time)
            : null;
    }

    /// <summary>Opens a plan's state in a folder, to look after its keys.</summary>
    public static LocalState OpenLocal(CliHost host, LoadedPlan loaded)
    {
        RefuseUnsupported(loaded);
        if (LocalState.IsSandbox(loaded.StateFolder) is not { } sandbox)
        {
            throw new CommandFailedException(ExitCodes.Failed, "MFP5011", "There is no state yet, so it has no keys.");
        }

        RefuseInCi(host, sandbox);
        return LocalState.Open(loaded.StateFolder, loaded.Plan.Tenant.Id, sandbox, Key(host, loaded, mayMake: false), host.Time);
    }

    /// <summary>A key as <c>--new-key</c> names it: <c>file:PATH</c>, <c>env:NAME</c> or <c>vault:IDENTIFIER</c>.</summary>
    public static KeySource NewKey(CliHost host, string text, bool mayMake) => text.Split(':', 2) switch
    {
        ["file", { Length: > 0 } path] => new KeySource.File(host.FullPath(path), mayMake),
        ["env", { Length: > 0 } name] => FromEnvironment(host, name),
        ["vault", { Length: > 0 } key] => FromVault(host, key),
        _ => throw new CommandFailedException(
            ExitCodes.WrongUsage, "MFP5240", $"\"{text}\" names no key. Give file:PATH, env:NAME or vault:https://NAME.vault.azure.net/keys/KEY."),
    };

    /// <summary>Makes a plan's state for the real tenant.</summary>
    public static void Init(CliHost host, LoadedPlan loaded)
    {
        RefuseUnsupported(loaded);
        if (host.IsCi)
        {
            throw new CommandFailedException(
                ExitCodes.Refused, "MFP5014", "In CI no state and no key are made up: they would be lost with the machine. Run init where they last.");
        }

        _ = LocalState.Init(loaded.StateFolder, loaded.Plan.Tenant.Id, sandbox: false, Key(host, loaded, mayMake: true), host.Time);
    }

    /// <summary>Where the key is kept when the plan names none: beside the state's folder, not in it.</summary>
    public static string KeyFile(LoadedPlan loaded) =>
        loaded.Plan.State.Key?.File is { } file ? loaded.Resolve(file) : loaded.StateFolder.TrimEnd('/', '\\') + ".key";

    /// <summary>Forgets the simulated tenant and, if the state was made in the sandbox, the state.</summary>
    public static void ForgetSandbox(LoadedPlan loaded)
    {
        var folder = loaded.StateFolder;
        if (LocalState.IsSandbox(folder) == true)
        {
            Directory.Delete(folder, recursive: true);
        }
        else if (Directory.Exists(Path.Combine(folder, "sandbox")))
        {
            Directory.Delete(Path.Combine(folder, "sandbox"), recursive: true);
        }
    }

    private static KeySource Key(CliHost host, LoadedPlan loaded, bool mayMake) => loaded.Plan.State.Key switch
    {
        { Env: { } name } => FromEnvironment(host, name),
        { KeyVault: { } key } => FromVault(host, key),
        _ => new KeySource.File(KeyFile(loaded), mayMake),
    };

    private static KeySource.Env FromEnvironment(CliHost host, string name) =>
        new(name, host.Environment.TryGetValue(name, out var value) ? new Secret(value) : null);

    private static KeySource.Vault FromVault(CliHost host, string key) => new(VaultKeyId.Parse(key), host.Vault ?? AzureKeyVault.AsThisMachine());

    private static void RefuseInCi(CliHost host, bool sandbox)
    {
        if (!sandbox && host.IsCi)
        {
            throw new CommandFailedException(
                ExitCodes.Refused, "MFP5014",
                "In CI a local state is refused: it would be lost with the machine, and with it what was applied. Keep the state where it lasts, or rehearse with --sandbox.");
        }
    }

    private static void RefuseUnsupported(LoadedPlan loaded)
    {
        if (loaded.Plan.State.AzureBlob is not null)
        {
            throw new CommandFailedException(
                ExitCodes.Refused, "MFP5015", "This version keeps state in a folder; the plan asks for Azure Blob.");
        }
    }
}
