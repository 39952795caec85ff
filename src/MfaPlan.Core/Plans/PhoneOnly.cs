using System.Collections.Immutable;
using System.ComponentModel;

namespace MfaPlan.Core.Plans;

/// <summary>Who may be left with phones alone, until when.</summary>
public sealed record PhoneOnly
{
    /// <summary>Groups.</summary>
    [Description("Groups.")]
    public required ImmutableArray<string> Accept { get; init; }

    /// <summary>Not after Microsoft stops serving phones, 2027-02-01.</summary>
    [Description("Not after Microsoft stops serving phones, 2027-02-01.")]
    public required DateOnly Until { get; init; }

    /// <summary>The change request that ends it.</summary>
    [Description("The change request that ends it.")]
    public string? FollowUp { get; init; }
}
