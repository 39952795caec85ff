using System.Collections.Immutable;
using System.Text.Json;
using MfaPlan.Core.Tenants;
using MfaPlan.Core.Tenants.Access;
using MfaPlan.Graph.DirectoryObjects;
using MfaPlan.Graph.Http;
using MfaPlan.Graph.Roles;
using MfaPlan.Graph.Wire;

namespace MfaPlan.Graph.Access;

/// <summary>
/// Reads what demands MFA in the tenant. Policies come from beta, since v1.0 leaves out those that use preview features, without a word; the
/// ids are compared with v1.0. Without the policies nothing is known; each other part can be unknown by itself.
/// </summary>
/// <seealso href="https://learn.microsoft.com/graph/api/conditionalaccessroot-list-policies"/>
internal sealed class AccessReads(GraphConnection graph, MemberReads members, RoleReads roles)
{
    private const string Policies = "identity/conditionalAccess/policies";

    /// <summary>Reads all of it.</summary>
    /// <exception cref="ReadFailedException">The policies could not be read.</exception>
    public async Task<AccessView> ReadAsync(CancellationToken cancellationToken)
    {
        var policies = (await AllAsync($"/beta/{Policies}", cancellationToken)).Select(AccessPolicyJson.Of)
            .OrderBy(static policy => policy.Id, StringComparer.Ordinal).ToImmutableArray();
        var beta = policies.Select(static policy => policy.Id).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var v1 = (await AllAsync($"/v1.0/{Policies}?$select=id", cancellationToken)).Select(AccessPolicyJson.IdOf).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return new AccessView(policies)
        {
            OnlyInBeta = [.. beta.Where(id => !v1.Contains(id)).Order(StringComparer.Ordinal)],
            OnlyInV1 = [.. v1.Where(id => !beta.Contains(id)).Order(StringComparer.Ordinal)],
            Strengths = await SeeAsync(() => StrengthsAsync(cancellationToken)),
            Locations = await SeeAsync(() => LocationsAsync(cancellationToken)),
            SecurityDefaults = await SeeAsync(async () => (await graph.GetAsync(
                graph.At("/v1.0/policies/identitySecurityDefaultsEnforcementPolicy"), GraphJson.Default.SecurityDefaults, cancellationToken)).IsEnabled),
            Groups = await GroupsAsync(policies, cancellationToken),
            Roles = await RolesAsync(policies, cancellationToken),
        };
    }

    private Task<Observed<T>> SeeAsync<T>(Func<Task<T>> read) => Observing.SeeAsync(graph.Clock, read);

    private async Task<ImmutableDictionary<string, AuthenticationStrength>> StrengthsAsync(CancellationToken cancellationToken) =>
        (await AllAsync("/v1.0/policies/authenticationStrengthPolicies", cancellationToken)).Select(StrengthJson.Of)
            .ToImmutableDictionary(static strength => strength.Id, StringComparer.OrdinalIgnoreCase);

    private async Task<ImmutableDictionary<string, string>> LocationsAsync(CancellationToken cancellationToken) =>
        (await AllAsync("/v1.0/identity/conditionalAccess/namedLocations", cancellationToken)).ToImmutableDictionary(
            AccessPolicyJson.IdOf,
            static location => JsonMembers.Text(location, "displayName") ?? "",
            StringComparer.OrdinalIgnoreCase);

    private async Task<ImmutableDictionary<Guid, Observed<ImmutableHashSet<Guid>>>> GroupsAsync(
        ImmutableArray<AccessPolicy> policies, CancellationToken cancellationToken)
    {
        var groups = Sides(policies).SelectMany(static side => side.Groups).Distinct().Order();
        var read = await Task.WhenAll(groups.Select(async group =>
            (Group: group, Members: await SeeAsync(() => members.ReadIdsAsync(group, cancellationToken)))));
        return read.ToImmutableDictionary(static pair => pair.Group, static pair => pair.Members);
    }

    private async Task<ImmutableDictionary<Guid, Observed<RoleHolders>>> RolesAsync(
        ImmutableArray<AccessPolicy> policies, CancellationToken cancellationToken)
    {
        var named = Sides(policies).SelectMany(static side => side.Roles).Distinct().Order().ToList();
        if (named.Count == 0)
        {
            return ImmutableDictionary<Guid, Observed<RoleHolders>>.Empty;
        }

        return await SeeAsync(() => roles.HoldersAsync(named, cancellationToken)) switch
        {
            Observed<ImmutableDictionary<Guid, RoleHolders>>.Seen seen => seen.Value.ToImmutableDictionary(
                static pair => pair.Key, Observed<RoleHolders> (pair) => new Observed<RoleHolders>.Seen(pair.Value, seen.At)),
            Observed<ImmutableDictionary<Guid, RoleHolders>>.Unknown unknown => named.ToImmutableDictionary(
                static role => role, Observed<RoleHolders> (_) => new Observed<RoleHolders>.Unknown(unknown.Code)),
            _ => throw new InvalidOperationException("A read is seen or unknown."),
        };
    }

    private static IEnumerable<AccessUsers> Sides(ImmutableArray<AccessPolicy> policies) =>
        policies.SelectMany(static policy => new[] { policy.Include, policy.Exclude });

    private async Task<List<JsonElement>> AllAsync(string path, CancellationToken cancellationToken)
    {
        var all = new List<JsonElement>();
        var trail = graph.NewTrail();
        var address = graph.At(path);
        while (address is not null)
        {
            // The link does not carry the header.
            var page = await graph.GetAsync(address, GraphJson.Default.ElementPage, cancellationToken, wholeEnums: true);
            all.AddRange(page.Value);
            address = trail.Follow(page.NextLink);
        }

        return all;
    }
}
