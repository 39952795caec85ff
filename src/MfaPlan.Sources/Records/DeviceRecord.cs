using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace MfaPlan.Sources.Records;

/// <summary>A line of a file of devices, which goes with a user export that has none. Each line is complete by itself.</summary>
public sealed record DeviceRecord
{
    /// <summary>The format that this version reads.</summary>
    public const int CurrentFormat = 1;

    /// <summary>The format of the line.</summary>
    [Description("The format of the line: 1.")]
    [Range(CurrentFormat, CurrentFormat)]
    public required int Format { get; init; }

    /// <summary>Whose device it is: the username as the user export has it.</summary>
    [Description("Whose device it is: the username as the user export has it.")]
    [StringLength(1024, MinimumLength = 1)]
    public required string Username { get; init; }

    /// <summary>What the device is called.</summary>
    [Description("What the device is called; devices without a name are told apart.")]
    [StringLength(256)]
    public string? Name { get; init; }

    /// <summary>When it last answered.</summary>
    [Description("When it last answered.")]
    public DateTimeOffset? LastUsed { get; init; }

    /// <summary>When it was registered.</summary>
    [Description("When it was registered.")]
    public DateTimeOffset? Created { get; init; }
}
