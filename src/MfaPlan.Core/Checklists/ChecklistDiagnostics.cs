using System.Collections.Immutable;
using MfaPlan.Core.Diagnostics;

namespace MfaPlan.Core.Checklists;

/// <summary>Problems of answers (codes MFP2030 to MFP2039), of their file (MFP5270), and what of the checklist holds a stage (codes MFP3200 to MFP3209).</summary>
public static class ChecklistDiagnostics
{
    /// <summary>An id that neither the checklist nor the tables have.</summary>
    public static readonly DiagnosticDescriptor UnknownId = new("MFP2030", Severity.Error, "No such step or row");

    /// <summary>An answer without what makes it one.</summary>
    public static readonly DiagnosticDescriptor Incomplete = new("MFP2031", Severity.Error, "Answer incomplete");

    /// <summary>An answer that says two things.</summary>
    public static readonly DiagnosticDescriptor Contradiction = new("MFP2032", Severity.Error, "Answer contradicts itself");

    /// <summary>A format that this version does not know.</summary>
    public static readonly DiagnosticDescriptor NewerFormat = new("MFP2033", Severity.Error, "Answers of a newer version");

    /// <summary>A step that the stage waits for is open.</summary>
    public static readonly DiagnosticDescriptor ItemOpen = new("MFP3200", Severity.Error, "Step of the guide open");

    /// <summary>A step's evidence could not be read.</summary>
    public static readonly DiagnosticDescriptor EvidenceUnread = new("MFP3201", Severity.Error, "Evidence could not be read");

    /// <summary>A step's evidence is not the file that it was.</summary>
    public static readonly DiagnosticDescriptor EvidenceChanged = new("MFP3202", Severity.Error, "Evidence has changed");

    /// <summary>Something that the stage waits for still leans on MFA Server.</summary>
    public static readonly DiagnosticDescriptor DependencyOpen = new("MFP3203", Severity.Error, "Dependency open");

    /// <summary>A service of MFA Server is in use without a dependency, or nobody said whether it is.</summary>
    public static readonly DiagnosticDescriptor ServiceNotCleared = new("MFP3204", Severity.Error, "Service of MFA Server not cleared");

    /// <summary>The file of the answers could not be read.</summary>
    public static readonly DiagnosticDescriptor AnswersUnread = new("MFP5270", Severity.Error, "Answers cannot be read");

    /// <summary>Problems of reading answers, in order of code.</summary>
    public static ImmutableArray<DiagnosticDescriptor> Reading { get; } = [UnknownId, Incomplete, Contradiction, NewerFormat];

    /// <summary>The guards, in order of code.</summary>
    public static ImmutableArray<DiagnosticDescriptor> Guards { get; } = [ItemOpen, EvidenceUnread, EvidenceChanged, DependencyOpen, ServiceNotCleared];

    /// <summary>Problems of the file itself.</summary>
    public static ImmutableArray<DiagnosticDescriptor> Files { get; } = [AnswersUnread];
}
