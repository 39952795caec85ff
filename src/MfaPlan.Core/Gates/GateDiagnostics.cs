using System.Collections.Immutable;
using MfaPlan.Core.Diagnostics;

namespace MfaPlan.Core.Gates;

/// <summary>Why a gate does not open, and why an attestation does not count: codes MFP4050 to MFP4069.</summary>
public static class GateDiagnostics
{
    /// <summary>Evidence is missing.</summary>
    public static readonly DiagnosticDescriptor NotYetKnown = new("MFP4050", Severity.Error, "Gate holds: not yet known");

    /// <summary>The evidence speaks against going on.</summary>
    public static readonly DiagnosticDescriptor Closed = new("MFP4051", Severity.Error, "Gate is closed");

    /// <summary>Document or signature is not of the form.</summary>
    public static readonly DiagnosticDescriptor Unreadable = new("MFP4052", Severity.Error, "Attestation cannot be read");

    /// <summary>The signature does not belong to the document.</summary>
    public static readonly DiagnosticDescriptor Broken = new("MFP4053", Severity.Error, "Attestation was changed");

    /// <summary>The key may not sign, or not as that signer.</summary>
    public static readonly DiagnosticDescriptor NotAllowed = new("MFP4054", Severity.Error, "Attester is not allowed");

    /// <summary>It is of another tenant, wave or run.</summary>
    public static readonly DiagnosticDescriptor OfAnother = new("MFP4055", Severity.Error, "Attestation is of something else");

    /// <summary>It was signed before the wave was in effect, or in the future.</summary>
    public static readonly DiagnosticDescriptor WrongTime = new("MFP4056", Severity.Error, "Attestation is of the wrong time");

    /// <summary>All of them, in order of code.</summary>
    public static ImmutableArray<DiagnosticDescriptor> All { get; } = [NotYetKnown, Closed, Unreadable, Broken, NotAllowed, OfAnother, WrongTime];
}
