using System.Collections.Immutable;
using MfaPlan.Core.Tenants.Access;
using MfaPlan.Graph.DirectoryObjects;
using MfaPlan.Graph.Http;
using MfaPlan.Graph.Wire;
using Microsoft.Graph.Models;

namespace MfaPlan.Graph.Roles;

/// <summary>
/// Finds everybody who is or may become an administrator. The service does not stop an app at administrators, so this guard must: any
/// role counts, at any scope, active or eligible, directly or through groups; and members and owners of role-assignable groups.
/// </summary>
internal sealed class RoleReads(GraphConnection graph, MemberReads members)
{
    private const int MostIds = 1_000;
    private const string NoLicense = "AadPremiumLicenseRequired";

    private static readonly string[] Kinds = ["user", "group", "servicePrincipal"];
    private static readonly string[] AssignmentSelect = ["principalId", "roleDefinitionId", "directoryScopeId"];
    private static readonly string[] IdSelect = ["id"];

    /// <summary>The object ids of all administrators. A holder whose kind nobody tells counts as one.</summary>
    public async Task<ImmutableHashSet<Guid>> ReadAsync(CancellationToken cancellationToken)
    {
        var administrators = ImmutableHashSet.CreateBuilder<Guid>();
        var groups = new List<Guid>();
        var known = new HashSet<Guid>();
        foreach (var group in await RoleAssignableGroupsAsync(cancellationToken))
        {
            known.Add(group);
            groups.Add(group);
        }

        await AddAsync((await AssignedAsync(cancellationToken)).Concat(await EligibleAsync(cancellationToken)).Select(static row => row.Principal));

        // A group may make other groups eligible for itself, so each round can bring new ones.
        while (groups.Count > 0)
        {
            List<Guid> round = [.. groups];
            groups.Clear();
            foreach (var (people, eligible) in await Task.WhenAll(round.Select(group => GroupAsync(group, cancellationToken))))
            {
                administrators.UnionWith(people);
                await AddAsync(eligible);
            }
        }

        return administrators.ToImmutable();

        async Task AddAsync(IEnumerable<Guid> principals)
        {
            var news = principals.Where(known.Add).ToList();
            foreach (var (principal, kind) in await KindsAsync(news, cancellationToken))
            {
                if (kind == PrincipalKind.Group)
                {
                    groups.Add(principal);
                }
                else if (kind != PrincipalKind.ServicePrincipal)
                {
                    administrators.Add(principal);
                }
            }
        }
    }

    /// <summary>
    /// The holders of roles at the scope of the tenant, as Conditional Access counts them: active assignments of users for certain; through
    /// groups, and eligible, perhaps.
    /// </summary>
    /// <param name="roles">Template ids of built-in roles, which are their ids in every tenant.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<ImmutableDictionary<Guid, RoleHolders>> HoldersAsync(IReadOnlyCollection<Guid> roles, CancellationToken cancellationToken)
    {
        var assigned = (await AssignedAsync(cancellationToken)).ToList();
        var eligible = (await EligibleAsync(cancellationToken)).ToList();
        var kinds = (await KindsAsync([.. assigned.Concat(eligible).Where(row => roles.Any(row.IsOf)).Select(static row => row.Principal).Distinct()], cancellationToken))
            .ToDictionary(static pair => pair.Principal, static pair => pair.Kind);
        var holders = ImmutableDictionary.CreateBuilder<Guid, RoleHolders>();
        foreach (var role in roles)
        {
            var perhaps = ImmutableHashSet.CreateBuilder<Guid>();
            var active = assigned.Where(row => row.IsOf(role) && row.Scope is not null).Select(static row => row.Principal).ToList();
            var others = eligible.Concat(assigned.Where(static row => row.Scope is null)).Where(row => row.IsOf(role)).Select(static row => row.Principal).ToList();
            perhaps.UnionWith(others);
            foreach (var group in active.Concat(others).Where(principal => kinds[principal] == PrincipalKind.Group).Distinct())
            {
                perhaps.UnionWith(await members.ReadIdsAsync(group, cancellationToken));
                perhaps.UnionWith(await EligibleForGroupAsync(group, cancellationToken));
            }

            holders[role] = new RoleHolders([.. active], perhaps.ToImmutable());
        }

        return holders.ToImmutable();
    }

    private async Task<(IEnumerable<Guid> People, IEnumerable<Guid> Eligible)> GroupAsync(Guid group, CancellationToken cancellationToken) =>
        ((await members.ReadIdsAsync(group, cancellationToken)).Concat(await OwnersAsync(group, cancellationToken)),
            await EligibleForGroupAsync(group, cancellationToken));

    private async Task<IEnumerable<Assignment>> AssignedAsync(CancellationToken cancellationToken)
    {
        var builder = graph.Sdk.RoleManagement.Directory.RoleAssignments;
        var rows = await SdkPages.ReadAllAsync<UnifiedRoleAssignmentCollectionResponse, UnifiedRoleAssignment>(
            graph.NewTrail(),
            () => builder.GetAsync(
                request =>
                {
                    request.QueryParameters.Select = AssignmentSelect;
                    request.QueryParameters.Top = 999;
                },
                cancellationToken),
            link => builder.WithUrl(link).GetAsync(null, cancellationToken),
            static page => page.Value);
        return rows.Select(static row => new Assignment(Id(row.PrincipalId), row.RoleDefinitionId, row.DirectoryScopeId));
    }

    private Task<IEnumerable<Assignment>> EligibleAsync(CancellationToken cancellationToken)
    {
        var builder = graph.Sdk.RoleManagement.Directory.RoleEligibilityScheduleInstances;
        return NoneWithoutLicenseAsync(async () =>
        {
            var rows = await SdkPages.ReadAllAsync<UnifiedRoleEligibilityScheduleInstanceCollectionResponse, UnifiedRoleEligibilityScheduleInstance>(
                graph.NewTrail(),
                () => builder.GetAsync(request => request.QueryParameters.Select = AssignmentSelect, cancellationToken),
                link => builder.WithUrl(link).GetAsync(null, cancellationToken),
                static page => page.Value);
            return rows.Select(static row => new Assignment(Id(row.PrincipalId), row.RoleDefinitionId, row.DirectoryScopeId));
        });
    }

    private Task<IEnumerable<Guid>> EligibleForGroupAsync(Guid group, CancellationToken cancellationToken)
    {
        var builder = graph.Sdk.IdentityGovernance.PrivilegedAccess.Group.EligibilityScheduleInstances;
        return NoneWithoutLicenseAsync(async () =>
        {
            var rows = await SdkPages.ReadAllAsync<PrivilegedAccessGroupEligibilityScheduleInstanceCollectionResponse, PrivilegedAccessGroupEligibilityScheduleInstance>(
                graph.NewTrail(),
                () => builder.GetAsync(request => request.QueryParameters.Filter = $"groupId eq '{group:D}'", cancellationToken),
                link => builder.WithUrl(link).GetAsync(null, cancellationToken),
                static page => page.Value);
            return rows.Select(static row => Id(row.PrincipalId));
        });
    }

    private async Task<List<Guid>> RoleAssignableGroupsAsync(CancellationToken cancellationToken)
    {
        var builder = graph.Sdk.Groups;
        var rows = await SdkPages.ReadAllAsync<GroupCollectionResponse, Group>(
            graph.NewTrail(),
            () => builder.GetAsync(
                request =>
                {
                    request.QueryParameters.Filter = "isAssignableToRole eq true";
                    request.QueryParameters.Select = IdSelect;
                },
                cancellationToken),
            link => builder.WithUrl(link).GetAsync(null, cancellationToken),
            static page => page.Value);
        return [.. rows.Select(static row => Id(row.Id))];
    }

    private async Task<IEnumerable<Guid>> OwnersAsync(Guid group, CancellationToken cancellationToken)
    {
        var trail = graph.NewTrail();
        var owners = new List<Guid>();
        var address = graph.At($"/v1.0/groups/{group:D}/owners?$select=id");
        while (address is not null)
        {
            var page = await graph.GetAsync(address, GraphJson.Default.DirectoryObjectPage, cancellationToken);
            owners.AddRange(page.Value.Where(static row => KindOf(row.Type) != PrincipalKind.ServicePrincipal).Select(static row => row.Id));
            address = trail.Follow(page.NextLink);
        }

        return owners;
    }

    // getByIds answers for a thousand at once, but wants Directory.Read.All; a group can also be looked up with the permission that
    // the members need anyway.
    private async Task<(Guid Principal, PrincipalKind Kind)[]> KindsAsync(List<Guid> principals, CancellationToken cancellationToken)
    {
        var kinds = new Dictionary<Guid, PrincipalKind>();
        foreach (var some in principals.Chunk(MostIds))
        {
            try
            {
                var page = await graph.AskAsync(
                    graph.At("/v1.0/directoryObjects/getByIds"),
                    new DirectoryObjectIds(some, Kinds),
                    GraphJson.Default.DirectoryObjectIds,
                    GraphJson.Default.DirectoryObjectPage,
                    cancellationToken);
                foreach (var row in page.Value)
                {
                    kinds[row.Id] = KindOf(row.Type);
                }
            }
            catch (ReadFailedException failure) when (failure.Status == 403)
            {
                continue; // the look-ups below
            }
        }

        return await Task.WhenAll(principals.Select(async principal =>
        {
            var kind = kinds.GetValueOrDefault(principal);
            return (principal, kind == PrincipalKind.Unknown && await IsGroupAsync(principal, cancellationToken) ? PrincipalKind.Group : kind);
        }));
    }

    private async Task<bool> IsGroupAsync(Guid id, CancellationToken cancellationToken)
    {
        try
        {
            await graph.GetAsync(graph.At($"/v1.0/groups/{id:D}?$select=id"), GraphJson.Default.DirectoryObjectRow, cancellationToken);
            return true;
        }
        catch (ReadFailedException failure) when (failure.Status == 404)
        {
            return false;
        }
    }

    // Without the licence there is no eligibility; any other refusal leaves it open.
    private static async Task<IEnumerable<T>> NoneWithoutLicenseAsync<T>(Func<Task<IEnumerable<T>>> read)
    {
        try
        {
            return await read();
        }
        catch (ReadFailedException failure) when (failure.Is(NoLicense))
        {
            return [];
        }
    }

    private static PrincipalKind KindOf(string? type) => type switch
    {
        "#microsoft.graph.user" => PrincipalKind.User,
        "#microsoft.graph.group" => PrincipalKind.Group,
        "#microsoft.graph.servicePrincipal" => PrincipalKind.ServicePrincipal,
        _ => PrincipalKind.Unknown,
    };

    private static Guid Id(string? text) => Guid.TryParse(text, out var id) ? id : throw new ReadFailedException("PrincipalHidden", 0);

    private sealed record Assignment(Guid Principal, string? Role, string? Scope)
    {
        /// <summary>Whether it gives the role in the whole tenant; a scope that is not told may be that.</summary>
        public bool IsOf(Guid role) => Scope is null or "/" && Guid.TryParse(Role, out var id) && id == role;
    }

    private enum PrincipalKind
    {
        Unknown = 0,
        User,
        Group,
        ServicePrincipal,
    }
}
