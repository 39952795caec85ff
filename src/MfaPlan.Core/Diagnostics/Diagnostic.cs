namespace MfaPlan.Core.Diagnostics;

/// <summary>Something to tell the author: what, where, and what to do.</summary>
/// <param name="Descriptor">The kind, with its code.</param>
/// <param name="Location">The place it points at.</param>
/// <param name="Message">Full sentences: what is wrong, why it matters if not plain, what to do. No personal data.</param>
public sealed record Diagnostic(DiagnosticDescriptor Descriptor, Location Location, string Message);
