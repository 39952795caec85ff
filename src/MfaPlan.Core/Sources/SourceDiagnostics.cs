using System.Collections.Immutable;
using System.Globalization;
using MfaPlan.Core.Diagnostics;
using MfaPlan.Core.Text;

namespace MfaPlan.Core.Sources;

/// <summary>
/// Problems in files of the on-premises side: codes MFP5100 to MFP5119. Rows are named by their number and columns by
/// their name; a value is never repeated, because in a damaged row any cell may hold a name, a phone or a seed.
/// </summary>
public static class SourceDiagnostics
{
    /// <summary>The file is not there.</summary>
    public static readonly DiagnosticDescriptor Missing = new("MFP5100", Severity.Error, "Source file not found");

    /// <summary>The file is there and cannot be opened or read to its end.</summary>
    public static readonly DiagnosticDescriptor Unreadable =
        new("MFP5101", Severity.Error, "Source file cannot be read");

    /// <summary>The path names a folder.</summary>
    public static readonly DiagnosticDescriptor IsFolder = new("MFP5102", Severity.Error, "Source is a folder");

    /// <summary>The file holds nothing.</summary>
    public static readonly DiagnosticDescriptor Empty = new("MFP5103", Severity.Error, "Source file is empty");

    /// <summary>The bytes are no UTF-8 and no marked UTF-16.</summary>
    public static readonly DiagnosticDescriptor Encoding = new("MFP5104", Severity.Error, "Source file is not UTF-8");

    /// <summary>The header lacks columns without which no row can be understood.</summary>
    public static readonly DiagnosticDescriptor Columns = new("MFP5105", Severity.Error, "Columns are missing");

    /// <summary>The header names a column twice.</summary>
    public static readonly DiagnosticDescriptor ColumnTwice = new("MFP5106", Severity.Error, "Column named twice");

    /// <summary>The file has columns that MfaPlan does not know.</summary>
    public static readonly DiagnosticDescriptor ColumnsUnknown = new("MFP5107", Severity.Info, "Columns are not used");

    /// <summary>A row has more or fewer cells than the header.</summary>
    public static readonly DiagnosticDescriptor CellCount = new("MFP5108", Severity.Error, "Wrong number of cells");

    /// <summary>A quotation mark is not closed, or stands in the middle of a cell.</summary>
    public static readonly DiagnosticDescriptor Quote = new("MFP5109", Severity.Error, "Quotation mark out of place");

    /// <summary>A row holds a NUL character.</summary>
    public static readonly DiagnosticDescriptor Nul = new("MFP5110", Severity.Error, "NUL character in a row");

    /// <summary>A cell is longer than any spreadsheet allows.</summary>
    public static readonly DiagnosticDescriptor CellTooLong = new("MFP5111", Severity.Error, "Cell is too long");

    /// <summary>A cell that must hold something is empty.</summary>
    public static readonly DiagnosticDescriptor CellEmpty = new("MFP5112", Severity.Error, "Cell is empty");

    /// <summary>A cell holds none of the values that its column allows.</summary>
    public static readonly DiagnosticDescriptor CellValue = new("MFP5113", Severity.Error, "Value is not known");

    /// <summary>Two rows carry the same key.</summary>
    public static readonly DiagnosticDescriptor Duplicate = new("MFP5114", Severity.Error, "Two rows for one key");

    /// <summary>More rows are damaged than are listed.</summary>
    public static readonly DiagnosticDescriptor MoreRows = new("MFP5115", Severity.Error, "More rows are damaged");

    /// <summary>The file is no JSON, or not in the shape that the product documents.</summary>
    public static readonly DiagnosticDescriptor Json = new("MFP5116", Severity.Error, "JSON cannot be read");

    /// <summary>A user has more phones than there are places for.</summary>
    public static readonly DiagnosticDescriptor PhonesLeftOut = new("MFP5117", Severity.Warning, "Phones are left out");

    /// <summary>A user has another row that is damaged.</summary>
    public static readonly DiagnosticDescriptor UserDamaged = new("MFP5118", Severity.Error, "User is left out");

    /// <summary>Damaged rows do not show whose they are, in a file where users have several.</summary>
    public static readonly DiagnosticDescriptor RowsOfNobody = new("MFP5119", Severity.Error, "Damaged rows may be anybody's");

    /// <summary>All of them.</summary>
    public static ImmutableArray<DiagnosticDescriptor> All { get; } =
    [
        Missing,
        Unreadable,
        IsFolder,
        Empty,
        Encoding,
        Columns,
        ColumnTwice,
        ColumnsUnknown,
        CellCount,
        Quote,
        Nul,
        CellTooLong,
        CellEmpty,
        CellValue,
        Duplicate,
        MoreRows,
        Json,
        PhonesLeftOut,
        UserDamaged,
        RowsOfNobody,
    ];

    /// <summary>Reports <see cref="Missing"/>.</summary>
    public static Diagnostic MissingAt(string path) =>
        OfFile(Missing, path,
            "There is no file at this path. Paths are relative to the plan's own folder: correct the path, or put "
            + "the file there.");

    /// <summary>Reports <see cref="Unreadable"/>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="why">The kind of failure, such as the name of an exception.</param>
    public static Diagnostic UnreadableAt(string path, string why) =>
        OfFile(Unreadable, path,
            $"The file cannot be read ({why}). Check its permissions and that no other program holds it open.");

    /// <summary>Reports <see cref="IsFolder"/>.</summary>
    public static Diagnostic IsFolderAt(string path) =>
        OfFile(IsFolder, path, "The path names a folder. Name the file itself.");

    /// <summary>Reports <see cref="Empty"/>.</summary>
    public static Diagnostic EmptyAt(string path) =>
        OfFile(Empty, path, "The file holds nothing to read. Export it again.");

    /// <summary>Reports <see cref="Encoding"/>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="offset">Where the first byte stands that cannot be read, from 0.</param>
    public static Diagnostic EncodingAt(string path, long offset) =>
        OfFile(Encoding, path,
            $"The byte at offset {Number(offset)} is not valid UTF-8. No code page is guessed, because a wrong "
            + "guess changes names without a trace. Save the file again as \"CSV UTF-8\" (or as Unicode with a byte "
            + "order mark).");

    /// <summary>Reports <see cref="Columns"/>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="missing">The names of the columns that must be there.</param>
    public static Diagnostic ColumnsAt(string path, IEnumerable<string> missing) =>
        OfFile(Columns, path,
            $"The first line must be a header, and it lacks {Names(missing)}. Columns are found by name, in any "
            + "order and case, separated by comma, semicolon or tab. Add the header, or export the file again.");

    /// <summary>Reports <see cref="ColumnTwice"/>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="first">The position of the first, from 1.</param>
    /// <param name="second">The position of the other.</param>
    public static Diagnostic ColumnTwiceAt(string path, int first, int second) =>
        OfFile(ColumnTwice, path,
            $"Columns {Number(first)} and {Number(second)} have the same heading, so it is unclear which one holds. "
            + "Remove or rename the wrong one.");

    /// <summary>Reports <see cref="ColumnsUnknown"/>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="names">
    /// Their headings. Those that may be data of a row that ran into the header are counted only.
    /// </param>
    public static Diagnostic ColumnsUnknownAt(string path, IReadOnlyCollection<string> names)
    {
        var named = names.Where(IsHeading).Take(20).ToList();
        var others = names.Count - named.Count;
        var which = named.Count == 0 ? $"{Number(others)}, not named here because their headings may be data"
            : Names(named) + (others > 0 ? $" and {Number(others)} more" : "");
        return OfFile(ColumnsUnknown, path,
            $"The file has columns that MfaPlan does not use: {which}. Nothing needs to be done, unless a known column was renamed.");
    }

    /// <summary>Reports <see cref="CellCount"/>.</summary>
    public static Diagnostic CellCountAt(string path, long row, int found, int expected) =>
        OfRow(CellCount, path, row,
            $"The row has {Counted.Of(found, "cell")} and the header {Number(expected)}, so its cells may stand under "
            + "wrong headings. Correct the row, or export the file again; a cell that holds the delimiter must stand "
            + "in quotation marks.");

    /// <summary>Reports <see cref="Quote"/>.</summary>
    public static Diagnostic QuoteAt(string path, long row) =>
        OfRow(Quote, path, row,
            "A quotation mark in this row is not closed on its line, or stands in the middle of a cell. A cell that holds "
            + "quotation marks must be enclosed in them, each one inside be doubled, and no cell can hold a line break. "
            + "Correct the row.");

    /// <summary>Reports <see cref="Nul"/>.</summary>
    public static Diagnostic NulAt(string path, long row) =>
        OfRow(Nul, path, row,
            "The row holds a NUL character, which no export writes: the file is damaged here. Export it again.");

    /// <summary>Reports <see cref="CellTooLong"/>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="row">The line where the row starts.</param>
    /// <param name="limit">The most characters that a cell may hold.</param>
    public static Diagnostic CellTooLongAt(string path, long row, int limit) =>
        OfRow(CellTooLong, path, row,
            $"A cell of this row is longer than {Number(limit)} characters: probably a quotation mark or a line end "
            + "is missing. Correct the row.");

    /// <summary>Reports <see cref="CellEmpty"/>.</summary>
    public static Diagnostic CellEmptyAt(string path, long row, string column) =>
        OfRow(CellEmpty, path, row,
            $"The column \"{column}\" is empty in this row, and without it the row means nothing. Fill it, or "
            + "remove the row.");

    /// <summary>Reports <see cref="CellValue"/>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="row">The line where the row starts.</param>
    /// <param name="column">The column.</param>
    /// <param name="allowed">What may stand there, in words.</param>
    public static Diagnostic CellValueAt(string path, long row, string column, string allowed) =>
        OfRow(CellValue, path, row,
            $"The column \"{column}\" holds a value that is not known. Known are: {allowed}. Correct the cell; if "
            + "it is right, tell us the product and version that wrote it.");

    /// <summary>Reports <see cref="Duplicate"/>.</summary>
    public static Diagnostic DuplicateAt(string path, long row, long first, string column) =>
        OfRow(Duplicate, path, row,
            $"Row {Number(row)} and row {Number(first)} have the same value in the column \"{column}\" (case does "
            + "not count). Neither is used, because it is unclear which one holds. Remove the wrong one.");

    /// <summary>Reports <see cref="MoreRows"/>.</summary>
    public static Diagnostic MoreRowsAt(string path, int more) =>
        OfFile(MoreRows, path,
            $"{Counted.Of(more, "more row is", "more rows are")} damaged and not listed here. Mend the ones listed and run again, or "
            + "export the file again.");

    /// <summary>Reports <see cref="Json"/>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="row">The line where reading stopped.</param>
    /// <param name="shape">What is expected, in words.</param>
    public static Diagnostic JsonAt(string path, long row, string shape) =>
        OfRow(Json, path, row, $"The file is not the JSON that is expected here: {shape}. Export it again.");

    /// <summary>Reports <see cref="PhonesLeftOut"/>.</summary>
    public static Diagnostic PhonesLeftOutAt(string path, long row, int count) =>
        OfRow(PhonesLeftOut, path, row,
            $"The user has {Counted.Of(count, "more phone", "more phones")} than the two that are taken over. The first two are used; "
            + "add the others by hand if they matter.");

    /// <summary>Reports <see cref="UserDamaged"/>.</summary>
    /// <param name="path">The file with the user.</param>
    /// <param name="row">The row from which the user would have been read.</param>
    /// <param name="damaged">The damaged row.</param>
    /// <param name="other">The file with the damaged row, where it is another.</param>
    public static Diagnostic UserDamagedAt(string path, long row, long damaged, string? other = null) =>
        OfRow(UserDamaged, path, row,
            $"Row {Number(damaged)}{(other is null ? "" : " of " + other)} is of the same user and is damaged, so not all is known that the "
            + "source has of the user. The user is left out. Mend that row.");

    /// <summary>Reports <see cref="RowsOfNobody"/>.</summary>
    public static Diagnostic RowsOfNobodyAt(string path, int count) =>
        OfFile(RowsOfNobody, path,
            $"{Counted.Of(count, "damaged row does not show whose it is", "damaged rows do not show whose they are")}. A user has several rows "
            + "in this file, so any user may lack one, and nothing of the file is used. Mend the damaged rows, or export the file again.");

    /// <summary>Reports <see cref="RowsOfNobody"/> of a file of overrides.</summary>
    public static Diagnostic OverridesOfNobodyAt(string path, int count) =>
        OfFile(RowsOfNobody, path,
            $"{Counted.Of(count, "row is damaged", "rows are damaged")}, so it is not known for certain whom the author of the overrides meant. Without its override a user would be "
            + "matched by the other rules, perhaps to the wrong record; nothing of the file is used. Mend the damaged rows, or take them out.");

    internal static Diagnostic OfFile(DiagnosticDescriptor descriptor, string path, string message) =>
        new(descriptor, new Location.InFile(path), message);

    internal static Diagnostic OfRow(DiagnosticDescriptor descriptor, string path, long row, string message) =>
        new(descriptor, new Location.InRow(path, row), message);

    internal static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Names(IEnumerable<string> names) =>
        string.Join(", ", names.Select(static name => $"\"{name}\""));

    private static bool IsHeading(string name) =>
        name.Length <= 40
        && name.Count(char.IsAsciiDigit) < 4
        && name.All(static c => char.IsLetterOrDigit(c) || c is ' ' or '-' or '_' or '/' or '(' or ')');
}
