using System.Collections.Immutable;

namespace MfaPlan.Core.Tenants.Access;

/// <summary>The resources a policy is about.</summary>
/// <param name="Include">App ids, or All, None, Office365, MicrosoftAdminPortals.</param>
/// <param name="Exclude">App ids and the same words.</param>
/// <param name="UserActions">Instead of resources: registering security information, registering a device.</param>
/// <param name="Contexts">Instead of resources: authentication contexts, c1 and so on.</param>
/// <param name="Filtered">Whether a filter narrows the resources by their attributes.</param>
public sealed record AccessResources(
    ImmutableArray<string> Include,
    ImmutableArray<string> Exclude,
    ImmutableArray<string> UserActions,
    ImmutableArray<string> Contexts,
    bool Filtered)
{
    /// <summary>No resource.</summary>
    public static AccessResources None { get; } = new([], [], [], [], Filtered: false);

    /// <summary>Every resource.</summary>
    public static AccessResources All { get; } = None with { Include = ["All"] };
}
