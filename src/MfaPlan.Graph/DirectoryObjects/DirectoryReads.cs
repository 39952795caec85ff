using System.Collections.Immutable;
using MfaPlan.Core.Tenants;
using MfaPlan.Graph.Http;
using MfaPlan.Graph.Wire;
using Microsoft.Graph.Models;

namespace MfaPlan.Graph.DirectoryObjects;

/// <summary>Finds groups, users and domains.</summary>
internal sealed class DirectoryReads(GraphConnection graph)
{
    private static readonly string[] GroupSelect = ["id", "displayName", "groupTypes", "onPremisesSyncEnabled"];

    /// <summary>Groups by id or display name.</summary>
    public async Task<ImmutableArray<DirectoryGroup>> FindGroupsAsync(string idOrName, CancellationToken cancellationToken)
    {
        if (Guid.TryParseExact(idOrName, "D", out var id))
        {
            return await FoundAsync(async () => Of(await graph.Sdk.Groups[id.ToString("D")]
                .GetAsync(request => request.QueryParameters.Select = GroupSelect, cancellationToken)));
        }

        var groups = graph.Sdk.Groups;
        var found = await SdkPages.ReadAllAsync<GroupCollectionResponse, Group>(
            graph.NewTrail(),
            () => groups.GetAsync(
                request =>
                {
                    request.QueryParameters.Filter = $"displayName eq '{idOrName.Replace("'", "''", StringComparison.Ordinal)}'";
                    request.QueryParameters.Select = GroupSelect;
                },
                cancellationToken),
            link => groups.WithUrl(link).GetAsync(null, cancellationToken),
            static page => page.Value);

        // The service compares without case. Where one group is spelt exactly so, it is the one that was meant.
        ImmutableArray<DirectoryGroup> all = [.. found.Select(Of).DistinctBy(static group => group.Id).OrderBy(static group => group.Id)];
        ImmutableArray<DirectoryGroup> exact = [.. all.Where(group => group.DisplayName == idOrName)];
        return exact.IsEmpty ? all : exact;
    }

    /// <summary>The user with an id or principal name.</summary>
    public Task<ImmutableArray<DirectoryUser>> FindUserAsync(string idOrPrincipalName, CancellationToken cancellationToken)
    {
        var path = Guid.TryParseExact(idOrPrincipalName, "D", out var id) ? UserAddress.Of(id) : UserAddress.Of(idOrPrincipalName);
        return FoundAsync(async () => new Users().Of(await graph.GetAsync(
            graph.At($"/v1.0{path}?$select={Users.Select}"), GraphJson.Default.UserObject, cancellationToken)));
    }

    /// <summary>All domains.</summary>
    public async Task<ImmutableArray<DirectoryDomain>> ReadDomainsAsync(CancellationToken cancellationToken)
    {
        var domains = graph.Sdk.Domains;
        var found = await SdkPages.ReadAllAsync<DomainCollectionResponse, Domain>(
            graph.NewTrail(),
            () => domains.GetAsync(null, cancellationToken),
            link => domains.WithUrl(link).GetAsync(null, cancellationToken),
            static page => page.Value);
        return [.. found.Select(Of).OrderBy(static domain => domain.Name, StringComparer.Ordinal)];
    }

    // Absent is a seen value, but only when the directory itself says so: a route it does not know is also 404.
    private static async Task<ImmutableArray<T>> FoundAsync<T>(Func<Task<T>> read)
    {
        try
        {
            return [await read()];
        }
        catch (ReadFailedException failure) when (failure.Is("Request_ResourceNotFound") || failure.Is("Directory_ObjectNotFound"))
        {
            return [];
        }
    }

    private static DirectoryGroup Of(Group? group) =>
        group is { DisplayName: { } name } && Guid.TryParse(group.Id, out var id)
            ? new DirectoryGroup(
                id,
                name,
                group.GroupTypes?.Contains("DynamicMembership", StringComparer.OrdinalIgnoreCase) ?? false,
                group.GroupTypes?.Contains("Unified", StringComparer.OrdinalIgnoreCase) ?? false,
                group.OnPremisesSyncEnabled ?? false)
            : throw new ReadFailedException("GroupPropertiesHidden", 0);

    private static DirectoryDomain Of(Domain domain) => (domain.Id, domain.AuthenticationType) switch
    {
        ({ } name, "Federated") => new DirectoryDomain(name, Federated: true),
        ({ } name, "Managed") => new DirectoryDomain(name, Federated: false),
        _ => throw new ReadFailedException("UnknownDomainAuthentication", 0),
    };
}
