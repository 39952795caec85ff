using MfaPlan.Core.Diagnostics;

namespace MfaPlan.State;

/// <summary>What can be wrong with a state: codes MFP5201 to MFP5299.</summary>
public static class StateDiagnostics
{
    /// <summary>The folder holds no state.</summary>
    public static readonly DiagnosticDescriptor Missing = new("MFP5201", Severity.Error, "No state");

    /// <summary>The folder holds a state already.</summary>
    public static readonly DiagnosticDescriptor Exists = new("MFP5202", Severity.Error, "There is a state already");

    /// <summary>The state belongs to another tenant.</summary>
    public static readonly DiagnosticDescriptor OtherTenant = new("MFP5203", Severity.Error, "State of another tenant");

    /// <summary>The state of a sandbox is used for a real tenant, or the reverse.</summary>
    public static readonly DiagnosticDescriptor SandboxMismatch = new("MFP5204", Severity.Error, "Sandbox and tenant mixed up");

    /// <summary>A newer program wrote the state.</summary>
    public static readonly DiagnosticDescriptor NewerFormat = new("MFP5205", Severity.Error, "State of a newer version");

    /// <summary>The state's own file is not what was written.</summary>
    public static readonly DiagnosticDescriptor Damaged = new("MFP5206", Severity.Error, "Damaged state");

    /// <summary>The key that opens the state's data keys is not there.</summary>
    public static readonly DiagnosticDescriptor KeyMissing = new("MFP5207", Severity.Error, "No key");

    /// <summary>The key is not the one that the state was made with, or is no key.</summary>
    public static readonly DiagnosticDescriptor KeyWrong = new("MFP5208", Severity.Error, "Wrong key");

    /// <summary>A line of the journal that others follow is not what was written.</summary>
    public static readonly DiagnosticDescriptor JournalDamaged = new("MFP5209", Severity.Error, "Damaged journal");

    /// <summary>The file system does not keep two programs apart.</summary>
    public static readonly DiagnosticDescriptor LockUnavailable = new("MFP5210", Severity.Error, "The file system does not lock");

    /// <summary>The vault gives no answer.</summary>
    public static readonly DiagnosticDescriptor VaultUnreachable = new("MFP5211", Severity.Error, "Key Vault out of reach");

    /// <summary>The vault does not let this identity use the key.</summary>
    public static readonly DiagnosticDescriptor VaultRefuses = new("MFP5212", Severity.Error, "Key Vault refuses");

    /// <summary>The vault's key is disabled, gone, of another kind, or not named as one.</summary>
    public static readonly DiagnosticDescriptor VaultKeyUnusable = new("MFP5213", Severity.Error, "Key of Key Vault not usable");

    /// <summary>The state's keys were destroyed.</summary>
    public static readonly DiagnosticDescriptor Shredded = new("MFP5214", Severity.Error, "Shredded state");

    /// <summary>A file of the state cannot be written.</summary>
    public static readonly DiagnosticDescriptor Unwritable = new("MFP5215", Severity.Error, "The state cannot be written");

    /// <summary>The machine's clock stands before what the journal holds.</summary>
    public static readonly DiagnosticDescriptor ClockBehind = new("MFP5216", Severity.Error, "The clock went back");

    /// <summary>The storage account does not let us in, or its container is not there.</summary>
    public static readonly DiagnosticDescriptor StorageRefused = new("MFP5220", Severity.Error, "Storage refused");

    /// <summary>The storage account does not answer.</summary>
    public static readonly DiagnosticDescriptor StorageUnreachable = new("MFP5221", Severity.Error, "Storage not reachable");

    /// <summary>The lease on the state was lost, or could not be renewed in time.</summary>
    public static readonly DiagnosticDescriptor LockLost = new("MFP5222", Severity.Error, "Lock lost");

    /// <summary>What stands at the journal's end in the storage is not what this session wrote.</summary>
    public static readonly DiagnosticDescriptor ForeignEnd = new("MFP5223", Severity.Error, "Journal written by another");
}
