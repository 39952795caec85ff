using MfaPlan.Core.Privacy;

namespace MfaPlan.Core.Sources;

/// <summary>A device with the mobile app of a user.</summary>
/// <param name="Name">What the user or the device calls it, which often holds the user's name; null when the source has none.</param>
/// <param name="LastUsed">When it last answered; null when the source does not say.</param>
/// <param name="Created">When it was registered; null when the source does not say.</param>
public sealed record SourceDevice(PersonalName? Name, DateTimeOffset? LastUsed, DateTimeOffset? Created)
{
    /// <summary>The last sign of life that the source knows of.</summary>
    public DateTimeOffset? Newest => LastUsed ?? Created;
}
