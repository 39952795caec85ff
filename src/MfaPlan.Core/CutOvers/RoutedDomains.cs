using System.Collections.Immutable;
using MfaPlan.Core.Tenants;

namespace MfaPlan.Core.CutOvers;

/// <summary>
/// Says which domain of a cut-over a user is of. A child domain has its root's federation, so its users are moved with the root's, also where
/// nobody knows whether it has one of its own; only where the tenant shows it as managed Entra authenticates them already, and they are not.
/// </summary>
/// <param name="names">The domains of the cut-over.</param>
/// <param name="tenant">The tenant's domains.</param>
public sealed class RoutedDomains(ImmutableArray<string> names, ImmutableArray<DirectoryDomain> tenant)
{
    private readonly HashSet<string> _managed = new(
        tenant.Where(static domain => !domain.Federated).Select(static domain => domain.Name), StringComparer.OrdinalIgnoreCase);

    /// <summary>The domain, as the cut-over names it; null for a user of none.</summary>
    public string? Of(DirectoryUser user)
    {
        var domain = user.PrincipalName.Domain;
        return _managed.Contains(domain)
            ? null
            : names.Where(root => IsWithin(domain, root)).MaxBy(static root => root.Length);
    }

    /// <summary>Whether a domain is another or a child of it.</summary>
    public static bool IsWithin(string domain, string root) =>
        domain.EndsWith(root, StringComparison.OrdinalIgnoreCase)
        && (domain.Length == root.Length || domain[domain.Length - root.Length - 1] == '.');
}
