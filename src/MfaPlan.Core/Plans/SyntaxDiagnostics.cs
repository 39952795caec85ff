using System.Collections.Immutable;
using System.Globalization;
using MfaPlan.Core.Diagnostics;
using MfaPlan.Core.Text;

namespace MfaPlan.Core.Plans;

/// <summary>Problems in the text of a plan: codes MFP1000 to MFP1999.</summary>
public static class SyntaxDiagnostics
{
    /// <summary>The file is not there.</summary>
    public static readonly DiagnosticDescriptor FileIsMissing = new("MFP1001", Severity.Error, "File not found");

    /// <summary>The file cannot be read.</summary>
    public static readonly DiagnosticDescriptor FileIsUnreadable = new("MFP1002", Severity.Error, "File cannot be read");

    /// <summary>A folder stands where a file should.</summary>
    public static readonly DiagnosticDescriptor FileIsADirectory = new("MFP1003", Severity.Error, "A folder, not a file");

    /// <summary>The file is larger than any plan.</summary>
    public static readonly DiagnosticDescriptor FileIsTooLarge = new("MFP1004", Severity.Error, "File too large");

    /// <summary>The bytes are no UTF-8.</summary>
    public static readonly DiagnosticDescriptor NotUtf8 = new("MFP1005", Severity.Error, "Not UTF-8");

    /// <summary>There is nothing in it.</summary>
    public static readonly DiagnosticDescriptor Empty = new("MFP1006", Severity.Error, "Nothing in the file");

    /// <summary>The YAML cannot be read.</summary>
    public static readonly DiagnosticDescriptor NotYaml = new("MFP1007", Severity.Error, "YAML cannot be read");

    /// <summary>A tab in the indentation.</summary>
    public static readonly DiagnosticDescriptor Tab = new("MFP1008", Severity.Error, "Tab in the indentation");

    /// <summary>A key twice in one mapping.</summary>
    public static readonly DiagnosticDescriptor DuplicateKey = new("MFP1009", Severity.Error, "Duplicate key");

    /// <summary>Anchors, aliases, tags and merge keys are not taken.</summary>
    public static readonly DiagnosticDescriptor NotPlain = new("MFP1010", Severity.Error, "Anchor, alias or tag");

    /// <summary>More than one document.</summary>
    public static readonly DiagnosticDescriptor SeveralDocuments = new("MFP1011", Severity.Error, "Several documents");

    /// <summary>Nested deeper than any plan.</summary>
    public static readonly DiagnosticDescriptor TooDeep = new("MFP1012", Severity.Error, "Nested too deep");

    /// <summary>A character that no plan needs.</summary>
    public static readonly DiagnosticDescriptor ControlCharacter = new("MFP1013", Severity.Error, "Control character");

    /// <summary>All of them, in order of code.</summary>
    public static ImmutableArray<DiagnosticDescriptor> All { get; } =
    [
        FileIsMissing, FileIsUnreadable, FileIsADirectory, FileIsTooLarge, NotUtf8, Empty, NotYaml, Tab, DuplicateKey, NotPlain,
        SeveralDocuments, TooDeep, ControlCharacter,
    ];

    /// <summary>Reports <see cref="FileIsMissing"/>.</summary>
    public static Diagnostic FileMissing(string path) =>
        new(FileIsMissing, new Location.InFile(path), "There is no such file. Check the path, or make a starter plan with: mfaplan init");

    /// <summary>Reports <see cref="FileIsUnreadable"/>.</summary>
    public static Diagnostic FileUnreadable(string path, string why) =>
        new(FileIsUnreadable, new Location.InFile(path), $"The file is there and cannot be read: {why} Check its permissions.");

    /// <summary>Reports <see cref="FileIsADirectory"/>.</summary>
    public static Diagnostic IsADirectory(string path) =>
        new(FileIsADirectory, new Location.InFile(path), "This is a folder. Name the plan file in it, usually plan.yaml.");

    /// <summary>Reports <see cref="FileIsTooLarge"/>.</summary>
    public static Diagnostic TooLarge(string path, long bytes) => TooLarge(path, bytes, DocumentKind.Plan);

    internal static Diagnostic TooLarge(string path, long bytes, DocumentKind kind) => new(FileIsTooLarge, new Location.InFile(path), string.Create(
        CultureInfo.InvariantCulture,
        $"The file has {bytes} bytes; {(kind == DocumentKind.Plan ? "a plan has" : "answers have")} {YamlDocument.MaxBytes} at most. {kind.WhenLarge}"));

    internal static Diagnostic At(DiagnosticDescriptor descriptor, SourceText source, TextSpan span, string message) =>
        new(descriptor, new Location.InText(source, span), message);
}
