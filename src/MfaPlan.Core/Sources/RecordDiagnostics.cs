using System.Collections.Immutable;
using MfaPlan.Core.Diagnostics;
using MfaPlan.Core.Text;

namespace MfaPlan.Core.Sources;

/// <summary>
/// Problems in files of our own formats, one JSON object a line, and in what goes with them: codes MFP5140 to MFP5159. Lines are named by
/// their number and members by their place; a value is never repeated.
/// </summary>
public static class RecordDiagnostics
{
    private const int MostListed = 10;

    /// <summary>A line is no JSON object.</summary>
    public static readonly DiagnosticDescriptor NotAnObject = new("MFP5140", Severity.Error, "Line is no JSON object");

    /// <summary>The line is of a format that this version does not know.</summary>
    public static readonly DiagnosticDescriptor Format = new("MFP5141", Severity.Error, "Format is not known");

    /// <summary>An object has a member that the format does not have.</summary>
    public static readonly DiagnosticDescriptor UnknownMember = new("MFP5142", Severity.Error, "Unknown member");

    /// <summary>An object lacks a member that must be there.</summary>
    public static readonly DiagnosticDescriptor MissingMember = new("MFP5143", Severity.Error, "Member is missing");

    /// <summary>A member has another type or form.</summary>
    public static readonly DiagnosticDescriptor WrongMember = new("MFP5144", Severity.Error, "Member has the wrong form");

    /// <summary>An object has a member twice.</summary>
    public static readonly DiagnosticDescriptor MemberTwice = new("MFP5145", Severity.Error, "Member stands twice");

    /// <summary>Devices whose user is in no row.</summary>
    public static readonly DiagnosticDescriptor DeviceWithoutUser =
        new("MFP5146", Severity.Warning, "Devices without a user");

    /// <summary>A column of SIDs holds other identifiers.</summary>
    public static readonly DiagnosticDescriptor NotSids = new("MFP5147", Severity.Warning, "Identifiers are no SIDs");

    /// <summary>All of them.</summary>
    public static ImmutableArray<DiagnosticDescriptor> All { get; } =
        [NotAnObject, Format, UnknownMember, MissingMember, WrongMember, MemberTwice, DeviceWithoutUser, NotSids];

    /// <summary>Reports <see cref="NotAnObject"/>.</summary>
    public static Diagnostic NotAnObjectAt(string path, long line) =>
        SourceDiagnostics.OfRow(NotAnObject, path, line,
            "Each line must be one JSON object, whole and with nothing after it, and not nested deeper than the format is. Correct the line, "
            + "or write the file again.");

    /// <summary>Reports <see cref="Format"/>.</summary>
    public static Diagnostic FormatAt(string path, long line, int known) =>
        SourceDiagnostics.OfRow(Format, path, line,
            $"The line says that it is of another format than {SourceDiagnostics.Number(known)}, which is the one that this version reads. "
            + $"Write the file with \"format\": {SourceDiagnostics.Number(known)}, or use the version of MfaPlan that it was written for.");

    /// <summary>Reports <see cref="UnknownMember"/>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="line">The line.</param>
    /// <param name="place">Where the object stands in the line, such as <c>phone</c>; empty for the line itself.</param>
    /// <param name="nearest">The known member that is nearest by spelling, if any.</param>
    /// <param name="known">All members that are known there.</param>
    public static Diagnostic UnknownMemberAt(string path, long line, string place, string? nearest, IEnumerable<string> known) =>
        SourceDiagnostics.OfRow(UnknownMember, path, line,
            $"{Object(place)} has a member that the format does not have. "
            + (nearest is null ? $"Known here: {string.Join(", ", known)}. " : $"\"{nearest}\" is probably meant. ")
            + "Correct the name, or take the member out.");

    /// <summary>Reports <see cref="MissingMember"/>.</summary>
    public static Diagnostic MissingMemberAt(string path, long line, string member) =>
        SourceDiagnostics.OfRow(MissingMember, path, line,
            $"The member \"{member}\" is missing, and without it the line means nothing. Add it.");

    /// <summary>Reports <see cref="WrongMember"/>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="line">The line.</param>
    /// <param name="member">The member's place, such as <c>devices[0].lastUsed</c>.</param>
    /// <param name="expected">What may stand there, in words.</param>
    public static Diagnostic WrongMemberAt(string path, long line, string member, string expected) =>
        SourceDiagnostics.OfRow(WrongMember, path, line, $"The member \"{member}\" must be {expected}. Correct it.");

    /// <summary>Reports <see cref="MemberTwice"/>.</summary>
    public static Diagnostic MemberTwiceAt(string path, long line, string member) =>
        SourceDiagnostics.OfRow(MemberTwice, path, line,
            $"The member \"{member}\" stands twice, so it is unclear which one holds. Remove the wrong one.");

    /// <summary>Reports <see cref="DeviceWithoutUser"/>.</summary>
    public static Diagnostic DeviceWithoutUserAt(string path, IReadOnlyCollection<long> lines) =>
        SourceDiagnostics.OfFile(DeviceWithoutUser, path,
            $"{Counted.Of(lines.Count, "device belongs to a username", "devices belong to usernames")} that no readable row of the user export has, so "
            + $"{(lines.Count == 1 ? "it is left out: line " : "they are left out: lines ")}{string.Join(", ", lines.Take(MostListed).Select(SourceDiagnostics.Number))}"
            + $"{(lines.Count > MostListed ? " and more" : "")}. Check that both files are of the same server and day.");

    /// <summary>Reports <see cref="NotSids"/>.</summary>
    public static Diagnostic NotSidsAt(string path, long rows) =>
        SourceDiagnostics.OfFile(NotSids, path,
            $"In {Counted.Of(rows, "row")} the column \"SID\" holds an identifier that is no SID, as a server does that finds its "
            + "users by LDAP. These users cannot be matched by SID, and a name that was given to a new person cannot be told by it. Check the "
            + "matches of these rows in the preview.");

    private static string Object(string place) => place.Length == 0 ? "The line" : $"The member \"{place}\"";
}
