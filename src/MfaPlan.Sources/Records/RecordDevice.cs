using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace MfaPlan.Sources.Records;

/// <summary>A device with the mobile app.</summary>
public sealed record RecordDevice
{
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
