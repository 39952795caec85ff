using System.Collections.Immutable;
using System.ComponentModel;

namespace MfaPlan.Core.Plans;

/// <summary>A kind of method and for whom it must be allowed.</summary>
public sealed record EnsureMethod
{
    /// <summary>Groups by id or name.</summary>
    [Description("Groups by id or name.")]
    public required ImmutableArray<string> Groups { get; init; }
}
