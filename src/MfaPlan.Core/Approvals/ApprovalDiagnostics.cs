using System.Collections.Immutable;
using MfaPlan.Core.Diagnostics;

namespace MfaPlan.Core.Approvals;

/// <summary>Why a change set is not approved: codes MFP4030 to MFP4039.</summary>
public static class ApprovalDiagnostics
{
    /// <summary>Too few have signed.</summary>
    public static readonly DiagnosticDescriptor Missing = new("MFP4030", Severity.Error, "Approval is missing");

    /// <summary>Document or signature is not of the form.</summary>
    public static readonly DiagnosticDescriptor Unreadable = new("MFP4031", Severity.Error, "Approval cannot be read");

    /// <summary>The signature does not belong to the document.</summary>
    public static readonly DiagnosticDescriptor Broken = new("MFP4032", Severity.Error, "Signature does not hold");

    /// <summary>The key may not sign, or not as that signer.</summary>
    public static readonly DiagnosticDescriptor NotAllowed = new("MFP4033", Severity.Error, "Signer is not allowed");

    /// <summary>Its time is over.</summary>
    public static readonly DiagnosticDescriptor Expired = new("MFP4034", Severity.Error, "Approval has expired");

    /// <summary>It would hold longer than the plan lets one.</summary>
    public static readonly DiagnosticDescriptor TooLong = new("MFP4035", Severity.Error, "Approval holds too long");

    /// <summary>The author signed.</summary>
    public static readonly DiagnosticDescriptor ByAuthor = new("MFP4036", Severity.Error, "Signer is the author");

    /// <summary>It is for another tenant, plan or change set.</summary>
    public static readonly DiagnosticDescriptor OfAnother = new("MFP4037", Severity.Error, "Approval is of something else");

    /// <summary>The pinned allowed_signers is not the one that is there.</summary>
    public static readonly DiagnosticDescriptor SignersChanged = new("MFP4038", Severity.Error, "Allowed signers have changed");

    /// <summary>A standing approval does not reach so far.</summary>
    public static readonly DiagnosticDescriptor Exceeded = new("MFP4039", Severity.Error, "Standing approval is exceeded");

    /// <summary>All of them, in order of code.</summary>
    public static ImmutableArray<DiagnosticDescriptor> All { get; } =
        [Missing, Unreadable, Broken, NotAllowed, Expired, TooLong, ByAuthor, OfAnother, SignersChanged, Exceeded];
}
