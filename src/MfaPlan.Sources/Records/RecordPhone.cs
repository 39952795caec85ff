using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace MfaPlan.Sources.Records;

/// <summary>A phone as the source keeps it; reading the number is the planner's business.</summary>
public sealed record RecordPhone
{
    /// <summary>The country code, with or without plus.</summary>
    [Description("The country code, with or without plus; may be left out where the number begins with a plus.")]
    [StringLength(20)]
    public string? CountryCode { get; init; }

    /// <summary>The number.</summary>
    [Description("The number, a text: a number in JSON would lose leading zeros.")]
    [StringLength(100, MinimumLength = 1)]
    public required string Number { get; init; }

    /// <summary>The extension.</summary>
    [Description("The extension.")]
    [StringLength(20)]
    public string? Extension { get; init; }
}
