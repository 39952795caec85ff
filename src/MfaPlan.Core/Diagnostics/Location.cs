using MfaPlan.Core.Text;

namespace MfaPlan.Core.Diagnostics;

/// <summary>Where a diagnostic points.</summary>
public abstract record Location
{
    private Location()
    {
    }

    /// <summary>A piece of a text that was read.</summary>
    public sealed record InText(SourceText Source, TextSpan Span) : Location;

    /// <summary>A row of a table; the number is the line of the file where the row starts, from 1.</summary>
    public sealed record InRow(string Path, long Row) : Location;

    /// <summary>A file or folder as a whole.</summary>
    public sealed record InFile(string Path) : Location;

    /// <summary>No place: the tenant, the machine, the command itself.</summary>
    public sealed record Nowhere : Location;
}
