using System.Collections.Immutable;
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using MfaPlan.Core.Sources;

namespace MfaPlan.Sources.Records;

/// <summary>A line of a file of users in MfaPlan's own format. Each line is complete by itself, so that files can be joined and sorted.</summary>
public sealed record SourceRecord
{
    /// <summary>The format that this version reads.</summary>
    public const int CurrentFormat = 1;

    /// <summary>The format of the line.</summary>
    [Description("The format of the line: 1.")]
    [Range(CurrentFormat, CurrentFormat)]
    public required int Format { get; init; }

    /// <summary>Who: user principal name, DOMAIN\name, or account name.</summary>
    [Description("Who: user principal name, DOMAIN\\name, or account name.")]
    [StringLength(1024, MinimumLength = 1)]
    public required string Username { get; init; }

    /// <summary>The day the record is of.</summary>
    [Description("The day the record is of.")]
    public DateOnly? AsOf { get; init; }

    /// <summary>The method in use there; none where the source does not say.</summary>
    [Description("The method in use there; none where the source does not say.")]
    public SourceMode Mode { get; init; }

    /// <summary>Whether text messages were answered by text; only with textMessage.</summary>
    [Description("Whether text messages were answered by text; only with textMessage.")]
    public bool TwoWay { get; init; }

    /// <summary>Whether the method asked for a PIN. The PIN itself belongs into no file.</summary>
    [Description("Whether the method asked for a PIN. The PIN itself belongs into no file.")]
    public bool Pin { get; init; }

    /// <summary>The first phone.</summary>
    [Description("The first phone.")]
    public RecordPhone? Phone { get; init; }

    /// <summary>The second phone.</summary>
    [Description("The second phone.")]
    public RecordPhone? BackupPhone { get; init; }

    /// <summary>Whether MFA was on for the user.</summary>
    [Description("Whether MFA was on for the user; true where it is left out.")]
    public bool Enabled { get; init; } = true;

    /// <summary>The account's security identifier.</summary>
    [Description("The account's security identifier, such as S-1-5-21-1004336348-1177238915-682003330-1101.")]
    [StringLength(200, MinimumLength = 1)]
    public string? Sid { get; init; }

    /// <summary>Devices with the mobile app.</summary>
    [Description("Devices with the mobile app.")]
    public ImmutableArray<RecordDevice> Devices { get; init; } = [];
}
