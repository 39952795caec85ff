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
        if (BlobPlaces.Of(host, loaded) is { } place)
        {
            return sandbox && !BlobState.Exists(place)
                ? BlobState.Init(place, loaded.Plan.Tenant.Id, sandbox: true, Key(host, loaded, mayMake: !host.IsCi), host.Time)
                : BlobState.Open(place, loaded.Plan.Tenant.Id, sandbox, Key(host, loaded, mayMake: false), host.Time);
        }

        var folder = loaded.StateFolder;
        if (sandbox && !LocalState.Exists(folder))
        {
            return LocalState.Init(folder, loaded.Plan.Tenant.Id, sandbox: true, Key(host, loaded, mayMake: true), host.Time);
        }

        RefuseInCi(host, sandbox);
        return LocalState.Open(folder, loaded.Plan.Tenant.Id, sandbox, Key(host, loaded, mayMake: false), host.Time);
    }

    /// <summary>Opens a plan's state whatever tenant it is for; null when there is none.</summary>
    public static IKeyedState? OpenAny(CliHost host, LoadedPlan loaded)
    {
        if (BlobPlaces.Of(host, loaded) is { } place)
        {
            return BlobState.IsSandbox(place) is { } simulated
                ? BlobState.Open(place, loaded.Plan.Tenant.Id, simulated, Key(host, loaded, mayMake: false), host.Time)
                : null;
        }

        return LocalState.IsSandbox(loaded.StateFolder) is { } sandbox
            ? LocalState.Open(loaded.StateFolder, loaded.Plan.Tenant.Id, sandbox, Key(host, loaded, mayMake: false), host.Time)
            : null;
    }

    /// <summary>Opens a plan's state, of whichever tenant, to look after its keys.</summary>
    public static IKeyedState OpenKeyed(CliHost host, LoadedPlan loaded)
    {
        if (loaded.Plan.State.AzureBlob is null && LocalState.IsSandbox(loaded.StateFolder) is { } sandbox)
        {
            RefuseInCi(host, sandbox);
        }

        return OpenAny(host, loaded) ?? throw new CommandFailedException(ExitCodes.Failed, "MFP5011", "There is no state yet, so it has no keys.");
    }

    /// <summary>A key as <c>--new-key</c> names it: <c>file:PATH</c>, <c>env:NAME</c> or <c>vault:IDENTIFIER</c>.</summary>
    public static KeySource NewKey(CliHost host, LoadedPlan loaded, string text, bool mayMake) => text.Split(':', 2) switch
    {
        ["file", { Length: > 0 } path] => new KeySource.File(host.FullPath(path), mayMake),
        ["env", { Length: > 0 } name] => FromEnvironment(host, name),
        ["vault", { Length: > 0 } key] => FromVault(host, loaded, key),
        _ => throw new CommandFailedException(
            ExitCodes.WrongUsage, "MFP5240", $"\"{text}\" names no key. Give file:PATH, env:NAME or vault:https://NAME.vault.azure.net/keys/KEY."),
    };

    /// <summary>Whether a plan's state is there.</summary>
    public static bool Exists(CliHost host, LoadedPlan loaded) =>
        BlobPlaces.Of(host, loaded) is { } place ? BlobState.Exists(place) : LocalState.Exists(loaded.StateFolder);

    /// <summary>Where a plan's state is, for people.</summary>
    public static string PlaceOf(LoadedPlan loaded) => loaded.Plan.State.AzureBlob is { } blob
        ? $"the container {blob.Container} of the storage account {blob.Account}"
        : loaded.Plan.State.Path;

    /// <summary>Makes a plan's state for the real tenant. In CI only in Azure Blob storage, and with a key that is there.</summary>
    public static void Init(CliHost host, LoadedPlan loaded)
    {
        if (BlobPlaces.Of(host, loaded) is { } place)
        {
            _ = BlobState.Init(place, loaded.Plan.Tenant.Id, sandbox: false, Key(host, loaded, mayMake: !host.IsCi), host.Time);
            return;
        }

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
    public static void ForgetSandbox(CliHost host, LoadedPlan loaded)
    {
        if (BlobPlaces.Of(host, loaded) is { } place)
        {
            BlobState.Forget(place);
        }

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
        { KeyVault: { } key } => FromVault(host, loaded, key),
        _ => new KeySource.File(KeyFile(loaded), mayMake),
    };

    private static KeySource.Env FromEnvironment(CliHost host, string name) =>
        new(name, host.Environment.TryGetValue(name, out var value) ? new Secret(value) : null);

    private static KeySource.Vault FromVault(CliHost host, LoadedPlan loaded, string key) =>
        new(VaultKeyId.Parse(key), host.Vault ?? AzureKeyVault.AsThisMachine(SignIns.CloudOf(loaded.Plan).Login));

    private static void RefuseInCi(CliHost host, bool sandbox)
    {
        if (!sandbox && host.IsCi)
        {
            throw new CommandFailedException(
                ExitCodes.Refused, "MFP5014",
                "In CI a local state is refused: it would be lost with the machine, and with it what was applied. Keep the state where it lasts, or rehearse with --sandbox.");
        }
    }
}
