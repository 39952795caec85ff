using System.Collections.Immutable;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Tenants;
using MfaPlan.Core.Tenants.Access;
using MfaPlan.Engine.Ports;
using MfaPlan.Graph.Access;
using MfaPlan.Graph.Audits;
using MfaPlan.Graph.DirectoryObjects;
using MfaPlan.Graph.Http;
using MfaPlan.Graph.Limiting;
using MfaPlan.Graph.Methods;
using MfaPlan.Graph.Policies;
using MfaPlan.Graph.Roles;
using MfaPlan.Graph.Routing;
using MfaPlan.Graph.Tokens;
using MfaPlan.Graph.Writing;

namespace MfaPlan.Graph;

/// <summary>
/// A tenant over Microsoft Graph. Safe for many callers at a time. Every member may throw <see cref="SignIn.SignInException"/>: without a
/// token nothing was sent.
/// </summary>
public sealed class GraphTenant : ITenantReader, ITenantWriter, IAsyncDisposable
{
    private readonly GraphConnection _graph;
    private readonly DirectoryReads _directory;
    private readonly MemberReads _members;
    private readonly PolicyReads _policies;
    private readonly CampaignReads _campaign;
    private readonly RoleReads _roles;
    private readonly RolloutReads _rollout;
    private readonly MembershipReads _membership;
    private readonly FederationReads _federation;
    private readonly AccessReads _access;
    private readonly UtilityAudits _audits;
    private readonly MethodsBatcher _methods;
    private readonly DeviceReads _devices;
    private readonly ChangeSender _changes;

    private GraphTenant(GraphTenantOptions options)
    {
        _graph = new GraphConnection(options);
        _directory = new DirectoryReads(_graph);
        _members = new MemberReads(_graph);
        _policies = new PolicyReads(_graph, _members);
        _campaign = new CampaignReads(_graph);
        _roles = new RoleReads(_graph, _members);
        _rollout = new RolloutReads(_graph);
        _membership = new MembershipReads(_graph);
        _federation = new FederationReads(_graph);
        _access = new AccessReads(_graph, _members, _roles);
        _audits = new UtilityAudits(_graph);
        _methods = new MethodsBatcher(_graph, options.MaxInFlight);
        var devices = new DeviceIds();
        _devices = new DeviceReads(_graph, devices);
        _changes = new ChangeSender(_graph, new TokenRequests(_graph, options.Seeds, devices), new RoutingRequests(_graph, _rollout), devices);
    }

    /// <summary>Makes the tenant ready; sends nothing yet.</summary>
    /// <exception cref="ArgumentException">
    /// The options make no sense: a base address with a path or without https (loopback excepted), a limit below 1.
    /// </exception>
    public static GraphTenant Open(GraphTenantOptions options)
    {
        var address = options.BaseAddress;
        if (!address.IsAbsoluteUri || address.PathAndQuery != "/" || address.UserInfo.Length > 0)
        {
            throw new ArgumentException("The base address is scheme, host and port only; the version is added here.", nameof(options));
        }

        if (address.Scheme != Uri.UriSchemeHttps && !(address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
        {
            throw new ArgumentException("The base address is https, or http on this machine.", nameof(options));
        }

        if (options.MaxInFlight < 1 || options.RequestTimeout <= TimeSpan.Zero)
        {
            throw new ArgumentException("MaxInFlight is at least 1, and RequestTimeout is positive.", nameof(options));
        }

        return new GraphTenant(options);
    }

    /// <summary>The sign-in log.</summary>
    public ISignInLog SignIns => new SignInReads(_graph);

    /// <summary>The tenant's time, as far as its answers tell it; ours until the first one.</summary>
    public DateTimeOffset Now => _graph.Clock.Now;

    /// <summary>How each budget stands, for a progress display.</summary>
    public ImmutableArray<LimiterSnapshot> Limits => _graph.Limiters.Snapshot();

    /// <inheritdoc/>
    public Task<Observed<ImmutableArray<DirectoryGroup>>> FindGroupsAsync(string idOrName, CancellationToken cancellationToken) =>
        Observing.SeeAsync(_graph.Clock, () => _directory.FindGroupsAsync(idOrName, cancellationToken));

    /// <inheritdoc/>
    public Task<Observed<ImmutableArray<DirectoryUser>>> FindUserAsync(string idOrPrincipalName, CancellationToken cancellationToken) =>
        Observing.SeeAsync(_graph.Clock, () => _directory.FindUserAsync(idOrPrincipalName, cancellationToken));

    /// <inheritdoc/>
    public IAsyncEnumerable<DirectoryUser> ReadMembersAsync(Guid group, CancellationToken cancellationToken) =>
        _members.ReadAsync(group, cancellationToken);

    /// <inheritdoc/>
    public Task<Observed<ImmutableHashSet<Guid>>> ReadMemberIdsAsync(Guid group, CancellationToken cancellationToken) =>
        Observing.SeeAsync(_graph.Clock, () => _members.ReadIdsAsync(group, cancellationToken));

    /// <inheritdoc/>
    public Task<Observed<MethodsPolicy>> ReadMethodsPolicyAsync(CancellationToken cancellationToken) =>
        Observing.SeeAsync(_graph.Clock, () => _policies.ReadAsync(cancellationToken));

    /// <inheritdoc/>
    public Task<Observed<RegistrationCampaign>> ReadCampaignAsync(CancellationToken cancellationToken) =>
        Observing.SeeAsync(_graph.Clock, () => _campaign.ReadAsync(cancellationToken));

    /// <inheritdoc/>
    public Task<Observed<RegistrationCampaign>> LookAtCampaignAsync(CancellationToken cancellationToken) => ReadCampaignAsync(cancellationToken);

    /// <inheritdoc/>
    public Task<Observed<ImmutableHashSet<Guid>>> ReadAdministratorsAsync(CancellationToken cancellationToken) =>
        Observing.SeeAsync(_graph.Clock, () => _roles.ReadAsync(cancellationToken));

    /// <inheritdoc/>
    public Task<Observed<AccessView>> ReadAccessAsync(CancellationToken cancellationToken) =>
        Observing.SeeAsync(_graph.Clock, () => _access.ReadAsync(cancellationToken));

    /// <inheritdoc/>
    public Task<Observed<ImmutableArray<DirectoryDomain>>> ReadDomainsAsync(CancellationToken cancellationToken) =>
        Observing.SeeAsync(_graph.Clock, () => _directory.ReadDomainsAsync(cancellationToken));

    /// <inheritdoc/>
    public Task<Observed<ImmutableDictionary<Guid, DateTimeOffset>>> ReadUtilityWritesAsync(CancellationToken cancellationToken) =>
        Observing.SeeAsync(_graph.Clock, () => _audits.ReadAsync(cancellationToken));

    /// <inheritdoc/>
    public IAsyncEnumerable<UserRead> ReadMethodsAsync(IEnumerable<Guid> users, MethodParts parts, CancellationToken cancellationToken) =>
        _methods.ReadAsync(users, parts, cancellationToken);

    /// <inheritdoc/>
    public Task<Observed<ImmutableArray<TokenDevice>>> ReadTokenDevicesAsync(
        ImmutableArray<string> serials, CancellationToken cancellationToken) =>
        Observing.SeeAsync(_graph.Clock, () => _devices.ReadAsync(serials, cancellationToken));

    /// <inheritdoc/>
    public Task<Observed<ImmutableArray<AuditEntry>>> ReadAuditAsync(UnitId unit, DateTimeOffset since, CancellationToken cancellationToken) =>
        Observing.SeeAsync(_graph.Clock, () => new AuditReads(_graph).ReadAsync(unit, since, cancellationToken));

    /// <summary>Reads one user's data without tokens of the inventory, now.</summary>
    public Task<Observed<UserMethods>> LookAsync(Guid user, MethodParts parts, CancellationToken cancellationToken) =>
        _methods.LookAsync(user, parts, cancellationToken);

    /// <inheritdoc/>
    public async Task<Observed<UserMethods>> LookAsync(
        Guid user, MethodParts parts, ImmutableArray<string> serials, CancellationToken cancellationToken)
    {
        var inventory = parts.HasFlag(MethodParts.Tokens) ? ReadTokenDevicesAsync(serials, cancellationToken) : null;
        var look = await _methods.LookAsync(user, parts, cancellationToken);
        return (look, inventory is null ? null : await inventory) switch
        {
            (Observed<UserMethods>.Seen seen, Observed<ImmutableArray<TokenDevice>>.Seen devices) => new Observed<UserMethods>.Seen(
                seen.Value with { Tokens = HardwareToken.Join(user, seen.Value.Tokens, devices.Value) }, seen.At < devices.At ? seen.At : devices.At),
            (Observed<UserMethods>.Seen, Observed<ImmutableArray<TokenDevice>>.Unknown unknown) => new Observed<UserMethods>.Unknown(unknown.Code),
            _ => look,
        };
    }

    /// <inheritdoc/>
    public Task<Observed<ImmutableSortedDictionary<MethodKind, MethodConfiguration>>> LookAtPolicyAsync(CancellationToken cancellationToken) =>
        Observing.SeeAsync(_graph.Clock, () => _policies.LookAsync(cancellationToken));

    /// <inheritdoc/>
    public Task<Observed<RolloutPolicy?>> ReadRolloutAsync(CancellationToken cancellationToken) =>
        Observing.SeeAsync(_graph.Clock, () => _rollout.ReadAsync(cancellationToken));

    /// <inheritdoc/>
    public Task<Observed<RolloutPolicy?>> LookAtRolloutAsync(CancellationToken cancellationToken) => ReadRolloutAsync(cancellationToken);

    /// <inheritdoc/>
    public Task<Observed<GroupContent>> ReadGroupContentAsync(Guid group, CancellationToken cancellationToken) =>
        Observing.SeeAsync(_graph.Clock, () => _membership.ContentAsync(group, cancellationToken));

    /// <inheritdoc/>
    public Task<Observed<ImmutableHashSet<Guid>>> LookAtMembershipAsync(
        Guid user, ImmutableArray<Guid> groups, CancellationToken cancellationToken) =>
        Observing.SeeAsync(_graph.Clock, () => _membership.OfUserAsync(user, groups, cancellationToken));

    /// <inheritdoc/>
    public Task<Observed<FederationSettings?>> ReadFederationAsync(string domain, CancellationToken cancellationToken) =>
        Observing.SeeAsync(_graph.Clock, () => _federation.ReadAsync(domain, cancellationToken));

    /// <inheritdoc/>
    public IAsyncEnumerable<DirectoryUser> ReadUsersOfDomainsAsync(ImmutableArray<string> domains, CancellationToken cancellationToken) =>
        new DirectoryUserReads(_graph).ReadAsync(domains, cancellationToken);

    /// <inheritdoc/>
    public Task<Observed<FederationSettings?>> LookAtFederationAsync(string domain, CancellationToken cancellationToken) =>
        ReadFederationAsync(domain, cancellationToken);

    /// <inheritdoc/>
    public Task<SendResult> SendAsync(UnitId unit, Change change, TimeSpan timeout, IFence fence) =>
        _changes.SendAsync(unit, change, timeout, fence);

    /// <summary>Closes connections. Reads that are under way end as cancelled.</summary>
    public ValueTask DisposeAsync()
    {
        _methods.Dispose();
        _graph.Dispose();
        return ValueTask.CompletedTask;
    }
}
