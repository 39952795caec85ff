using System.Collections.Immutable;
using MfaPlan.Core.Diagnostics;

namespace MfaPlan.Core.Evidence;

/// <summary>What is wrong with an evidence pack: codes MFP5250 to MFP5269, MFP5277 and MFP5278.</summary>
public static class EvidenceDiagnostics
{
    /// <summary>The folder for a pack is taken.</summary>
    public static readonly DiagnosticDescriptor FolderTaken = new("MFP5250", Severity.Error, "Folder for the pack is taken");

    /// <summary>There is no manifest, or it is none.</summary>
    public static readonly DiagnosticDescriptor NoPack = new("MFP5251", Severity.Error, "Not an evidence pack");

    /// <summary>A newer program wrote it.</summary>
    public static readonly DiagnosticDescriptor NewerPack = new("MFP5252", Severity.Error, "Pack of a newer version");

    /// <summary>The manifest is not the one that was written, or says something that the pack does not bear out.</summary>
    public static readonly DiagnosticDescriptor ManifestChanged = new("MFP5253", Severity.Error, "Manifest does not hold");

    /// <summary>A file of the manifest is not there.</summary>
    public static readonly DiagnosticDescriptor FileMissing = new("MFP5254", Severity.Error, "File of the pack is missing");

    /// <summary>Something is there that the manifest does not name, or that no pack holds.</summary>
    public static readonly DiagnosticDescriptor FileForeign = new("MFP5255", Severity.Error, "Not of the pack");

    /// <summary>A file has another content than the manifest says.</summary>
    public static readonly DiagnosticDescriptor FileChanged = new("MFP5256", Severity.Error, "File of the pack was changed");

    /// <summary>The journal's chain does not hold.</summary>
    public static readonly DiagnosticDescriptor JournalBroken = new("MFP5257", Severity.Error, "Journal of the pack is damaged");

    /// <summary>A change set does not give the digest that it is named by.</summary>
    public static readonly DiagnosticDescriptor ChangeSetBroken = new("MFP5258", Severity.Error, "Change set is not what its digest says");

    /// <summary>A plan or a list of signers does not give the digest that it is named by.</summary>
    public static readonly DiagnosticDescriptor PlanBroken = new("MFP5259", Severity.Error, "Plan or signers are not what the digest says");

    /// <summary>The journal and a change set contradict each other.</summary>
    public static readonly DiagnosticDescriptor RunContradicted = new("MFP5260", Severity.Error, "Run and change set do not fit");

    /// <summary>An approval does not hold, or a run lacked one.</summary>
    public static readonly DiagnosticDescriptor ApprovalBroken = new("MFP5261", Severity.Error, "Approval of the pack does not hold");

    /// <summary>A table is not what journal and change sets give.</summary>
    public static readonly DiagnosticDescriptor TableWrong = new("MFP5262", Severity.Error, "Table is not what the journal gives");

    /// <summary>The signature over the manifest does not hold.</summary>
    public static readonly DiagnosticDescriptor SignatureBroken = new("MFP5263", Severity.Error, "Signature of the pack does not hold");

    /// <summary>Something could not be checked with what is at hand.</summary>
    public static readonly DiagnosticDescriptor Unchecked = new("MFP5264", Severity.Warning, "Could not be checked");

    /// <summary>The pack's journal is not the beginning of the state's.</summary>
    public static readonly DiagnosticDescriptor StateDiffers = new("MFP5265", Severity.Error, "Pack and state differ");

    /// <summary>Values in clear are not those of the change set.</summary>
    public static readonly DiagnosticDescriptor RevealedWrong = new("MFP5266", Severity.Error, "Values in clear are others");

    /// <summary>A gate's line, its reading and the journal contradict each other, or a wave began behind a gate that was not open.</summary>
    public static readonly DiagnosticDescriptor GateBroken = new("MFP5277", Severity.Error, "Gate of the pack does not hold");

    /// <summary>An attestation does not hold, or a reading counts answers that nobody signed.</summary>
    public static readonly DiagnosticDescriptor AttestationBroken = new("MFP5278", Severity.Error, "Attestation of the pack does not hold");

    /// <summary>All of them, in order of code.</summary>
    public static ImmutableArray<DiagnosticDescriptor> All { get; } =
    [
        FolderTaken, NoPack, NewerPack, ManifestChanged, FileMissing, FileForeign, FileChanged, JournalBroken, ChangeSetBroken, PlanBroken,
        RunContradicted, ApprovalBroken, TableWrong, SignatureBroken, Unchecked, StateDiffers, RevealedWrong,
        GateBroken, AttestationBroken,
    ];
}
