using System.Collections.Immutable;
using System.ComponentModel;

namespace MfaPlan.Core.Plans;

/// <summary>Active Directory.</summary>
public sealed record ActiveDirectory
{
    /// <summary>Where to ask.</summary>
    [Description("Where to ask.")]
    public required ImmutableArray<Forest> Forests { get; init; }
}
