using MfaPlan.Core.Diagnostics;

namespace MfaPlan.Core.Evidence;

/// <summary>Something that a check of a pack found: a flaw, or what could not be checked.</summary>
/// <param name="Descriptor">What kind; of <see cref="EvidenceDiagnostics"/>.</param>
/// <param name="Place">The file of the pack, with the line where one is meant.</param>
/// <param name="Reason">What is wrong, in full sentences. No personal data beyond what stands in the pack itself.</param>
public sealed record EvidenceNote(DiagnosticDescriptor Descriptor, string Place, string Reason)
{
    /// <summary>Whether it shows that the pack is not whole; otherwise it only says that something stays open.</summary>
    public bool IsFlaw => Descriptor != EvidenceDiagnostics.Unchecked;

    /// <summary>A place in a file of lines.</summary>
    /// <param name="path">The file.</param>
    /// <param name="line">From 1.</param>
    public static string At(string path, long line) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{path}, line {line}");
}
