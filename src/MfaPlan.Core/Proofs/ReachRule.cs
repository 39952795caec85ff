using System.Collections.Immutable;
using MfaPlan.Core.Tenants.Access;

namespace MfaPlan.Core.Proofs;

/// <summary>How far a policy's resources and conditions let it reach.</summary>
/// <seealso href="https://learn.microsoft.com/entra/identity/conditional-access/concept-conditional-access-conditions"/>
internal static class ReachRule
{
    private static readonly ImmutableArray<string> LegacyClients = ["exchangeActiveSync", "easSupported", "other"];

    /// <summary>The reach, and all that narrows it, for people.</summary>
    public static (Reach Reach, string Where) Of(AccessPolicy policy, AccessView view)
    {
        var narrowings = OfResources(policy.Resources).Concat(OfConditions(policy.Conditions, view)).ToList();
        return narrowings.Count == 0
            ? (Reach.Everywhere, "")
            : (narrowings.Max(static narrowing => narrowing.Reach), string.Join(" and ", narrowings.Select(static narrowing => narrowing.Where)));
    }

    private static IEnumerable<(Reach Reach, string Where)> OfResources(AccessResources resources)
    {
        if (!resources.UserActions.IsEmpty)
        {
            yield return (Reach.Some, $"only to the user action {Listed(resources.UserActions)}");
        }

        if (!resources.Contexts.IsEmpty)
        {
            yield return (Reach.Some, $"only to the authentication context {Listed(resources.Contexts)}");
        }

        if (resources.Filtered)
        {
            yield return (Reach.Some, "only to resources that a filter picks");
        }

        if (resources.UserActions.IsEmpty && resources.Contexts.IsEmpty && !Has(resources.Include, "All"))
        {
            yield return (Has(resources.Include, "Office365") ? Reach.Most : Reach.Some,
                resources.Include.IsEmpty || Has(resources.Include, "None") ? "to no resource" : $"only to {Listed(resources.Include)}");
        }

        if (!resources.Exclude.IsEmpty)
        {
            yield return (Reach.Most, $"not to {Listed(resources.Exclude)}");
        }
    }

    private static IEnumerable<(Reach Reach, string Where)> OfConditions(AccessConditions conditions, AccessView view)
    {
        if (conditions.Workloads)
        {
            yield return (Reach.Some, "only to workload identities");
        }

        if (!Has(conditions.ClientApps, "all"))
        {
            var legacy = !conditions.ClientApps.IsEmpty && conditions.ClientApps.All(static app => Has(LegacyClients, app));
            yield return (legacy ? Reach.Some : Reach.Most,
                conditions.ClientApps.IsEmpty ? "to client apps that are not named" : $"only to the client apps {Listed(conditions.ClientApps)}");
        }

        if (Narrowed(conditions.Platforms, conditions.NotPlatforms, "all") is { } platforms)
        {
            yield return (Reach.Most, $"{platforms} platforms {Told(conditions.Platforms, conditions.NotPlatforms)}");
        }

        if (Narrowed(conditions.Locations, conditions.NotLocations, "All") is { } locations)
        {
            var names = view.Locations.SeenOrDefault ?? ImmutableDictionary<string, string>.Empty;
            string Name(string id) => names.TryGetValue(id, out var name) ? $"\"{name}\"" : id;
            yield return (Reach.Most,
                $"{locations} locations {Told([.. conditions.Locations.Select(Name)], [.. conditions.NotLocations.Select(Name)])}");
        }

        if (conditions.Devices is { } devices)
        {
            yield return (Reach.Most, $"only to devices by {devices}");
        }

        if (!conditions.Risks.IsEmpty)
        {
            yield return (Reach.Some, $"only at {Listed(conditions.Risks)}");
        }

        if (!conditions.Flows.IsEmpty)
        {
            yield return (Reach.Some, $"only to the authentication flow {Listed(conditions.Flows)}");
        }
    }

    private static string? Narrowed(ImmutableArray<string> include, ImmutableArray<string> exclude, string everything) =>
        exclude.IsEmpty && (include.IsEmpty || Has(include, everything)) ? null : "only at the";

    private static string Told(ImmutableArray<string> include, ImmutableArray<string> exclude) =>
        (include.IsEmpty ? "any" : Listed(include)) + (exclude.IsEmpty ? "" : $" but not {Listed(exclude)}");

    private static string Listed(ImmutableArray<string> words) => string.Join(", ", words);

    private static bool Has(ImmutableArray<string> words, string word) => words.Contains(word, StringComparer.OrdinalIgnoreCase);
}
