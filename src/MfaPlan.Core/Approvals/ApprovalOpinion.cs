using MfaPlan.Core.Diagnostics;

namespace MfaPlan.Core.Approvals;

/// <summary>What the judge holds of one approval.</summary>
/// <param name="Name">The name of its files.</param>
/// <param name="Terms">What its document says; null when it cannot be read.</param>
/// <param name="Flaw">Why it does not count; null when it does.</param>
/// <param name="Reason">The flaw in a sentence; empty when there is none.</param>
public sealed record ApprovalOpinion(string Name, ApprovalTerms? Terms, DiagnosticDescriptor? Flaw, string Reason)
{
    /// <summary>Whether it counts.</summary>
    public bool Counts => Flaw is null;
}
