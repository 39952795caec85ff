namespace MfaPlan.Core.Diagnostics;

/// <summary>A kind of diagnostic: what stays the same wherever it is raised.</summary>
/// <param name="Code">MFP1xxx syntax, 2xxx meaning, 3xxx preview, 4xxx apply, 5xxx set-up; never reused.</param>
/// <param name="Severity">How much it weighs unless the place that raises it says otherwise.</param>
/// <param name="Title">A few words without user data.</param>
public sealed record DiagnosticDescriptor(string Code, Severity Severity, string Title);
