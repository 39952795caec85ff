using System.Text.Json.Serialization;

namespace MfaPlan.Core.Gates;

/// <summary>A span of time, both ends within it; UTC.</summary>
/// <param name="From">The first instant.</param>
/// <param name="Until">The last; before <see cref="From"/> the window holds nothing.</param>
public sealed record GateWindow(DateTimeOffset From, DateTimeOffset Until)
{
    /// <summary>Its length; never negative.</summary>
    [JsonIgnore]
    public TimeSpan Length => Until > From ? Until - From : TimeSpan.Zero;

    /// <summary>Whether an instant is within it.</summary>
    public bool Holds(DateTimeOffset at) => at >= From && at <= Until;
}
