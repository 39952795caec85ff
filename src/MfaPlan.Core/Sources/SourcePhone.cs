using System.Diagnostics;
using MfaPlan.Core.Privacy;

namespace MfaPlan.Core.Sources;

/// <summary>A phone as the source keeps it: three texts, unchecked. Shows itself masked.</summary>
/// <param name="CountryCode">The country column as it stands; may be empty, or carry a plus or zeros.</param>
/// <param name="Number">The number column as it stands; empty means that there is no phone, whatever the country says.</param>
/// <param name="Extension">The extension column as it stands.</param>
[DebuggerDisplay("{ToString()}")]
public sealed record SourcePhone(string CountryCode, string Number, string Extension)
{
    /// <summary>No phone.</summary>
    public static readonly SourcePhone None = new("", "", "");

    /// <summary>Whether there is no number.</summary>
    public bool IsEmpty => string.IsNullOrWhiteSpace(Number);

    /// <inheritdoc/>
    public override string ToString() => IsEmpty ? "(none)" : Mask.Phone($"+{CountryCode.TrimStart('+', '0')} {Number}");
}
