using System.Collections.Immutable;
using MfaPlan.Core.Diagnostics;

namespace MfaPlan.Core.Gates;

/// <summary>What the watch after a cut-over says where it does not say go on: codes MFP4074 to MFP4076.</summary>
public static class WatchDiagnostics
{
    /// <summary>No domain is switched.</summary>
    public static readonly DiagnosticDescriptor NothingSwitched = new("MFP4074", Severity.Error, "Nothing to watch");

    /// <summary>Evidence is missing.</summary>
    public static readonly DiagnosticDescriptor NotYetKnown = new("MFP4075", Severity.Error, "Watch: not yet known");

    /// <summary>The evidence speaks against going on.</summary>
    public static readonly DiagnosticDescriptor Stop = new("MFP4076", Severity.Error, "Watch: stop");

    /// <summary>All of them, in order of code.</summary>
    public static ImmutableArray<DiagnosticDescriptor> All { get; } = [NothingSwitched, NotYetKnown, Stop];
}
