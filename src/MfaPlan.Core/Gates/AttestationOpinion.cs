using MfaPlan.Core.Diagnostics;

namespace MfaPlan.Core.Gates;

/// <summary>What the judge holds of one attestation.</summary>
/// <param name="Name">The name of its files.</param>
/// <param name="Terms">What its document says; null when it cannot be read.</param>
/// <param name="Key">The fingerprint of its key; null as before.</param>
/// <param name="Flaw">Why it does not count; null when it does.</param>
/// <param name="Reason">The flaw in a sentence; empty when there is none.</param>
public sealed record AttestationOpinion(string Name, AttestationTerms? Terms, string? Key, DiagnosticDescriptor? Flaw, string Reason)
{
    /// <summary>Whether it counts.</summary>
    public bool Counts => Flaw is null;

    /// <summary>Whether it may have said anything: it is there, and cannot be read or was changed.</summary>
    public bool IsUnreadable => Flaw == GateDiagnostics.Unreadable || Flaw == GateDiagnostics.Broken;
}
