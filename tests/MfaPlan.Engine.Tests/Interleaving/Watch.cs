using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Tenants;
using MfaPlan.Core.Tenants.Access;
using MfaPlan.Engine.Ports;

namespace MfaPlan.Engine.Tests.Interleaving;

/// <summary>
/// Stands between the program and the tenant: before each request somebody else may change something, each read is noted, and each write that
/// took effect is judged.
/// </summary>
/// <param name="company">The tenant.</param>
/// <param name="others">Who else changes it.</param>
/// <param name="log">What is sent, for whoever looks into a failure.</param>
internal sealed class Watch(Company company, Others others, List<string> log) : ITenantReader, ITenantWriter
{
    private readonly Reads _reads = new();
    private Truth? _truth;

    private FakeTenant Tenant => company.Tenant;

    /// <summary>What is being applied; null while nothing may be written.</summary>
    public Sitting? Sitting
    {
        get;
        set
        {
            field = value;
            _reads.Forget();
        }
    }

    /// <summary>How far the sequence came.</summary>
    public Reached Reached { get; set; }

    private Truth Now => _truth ??= Truth.Of(Tenant, company.World.Time.GetUtcNow());

    /// <summary>Somebody may have changed something, and time has passed.</summary>
    public void Moved() => _truth = null;

    public async Task<SendResult> SendAsync(UnitId unit, Change change, TimeSpan timeout, IFence fence)
    {
        Meanwhile();
        var before = Truth.Of(Tenant, company.World.Time.GetUtcNow());
        var effects = Tenant.Effects.Count;
        _reads.Writing(unit);
        SendResult? result = null;
        KilledException? killed = null;
        try
        {
            result = await Tenant.SendAsync(unit, change, timeout, fence);
        }
        catch (KilledException death)
        {
            killed = death;
        }

        log.Add($"    {unit} {change.Id} {result?.GetType().Name ?? "killed"} {(Tenant.Effects.Count > effects ? "took effect" : "")}");
        if (Tenant.Effects.Count > effects)
        {
            Moved();
            Judge(unit, change, before);
        }

        return result ?? throw killed!;
    }

    public Task<Observed<ImmutableArray<DirectoryGroup>>> FindGroupsAsync(string idOrName, CancellationToken cancellationToken)
    {
        Meanwhile();
        return Tenant.FindGroupsAsync(idOrName, cancellationToken);
    }

    public async Task<Observed<ImmutableArray<DirectoryUser>>> FindUserAsync(string idOrPrincipalName, CancellationToken cancellationToken)
    {
        Meanwhile();
        var found = await Tenant.FindUserAsync(idOrPrincipalName, cancellationToken);
        foreach (var user in found.SeenOrDefault.IsDefault ? [] : found.SeenOrDefault)
        {
            _reads.Account(user.Id, Now);
        }

        return found;
    }

    public async IAsyncEnumerable<DirectoryUser> ReadMembersAsync(Guid group, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Meanwhile();
        _reads.Group(group, Now);
        var members = new List<DirectoryUser>();
        await foreach (var user in Tenant.ReadMembersAsync(group, cancellationToken))
        {
            members.Add(user);
        }

        foreach (var user in members)
        {
            yield return Noted(user);
        }
    }

    public Task<Observed<ImmutableHashSet<Guid>>> ReadMemberIdsAsync(Guid group, CancellationToken cancellationToken)
    {
        Meanwhile();
        _reads.Group(group, Now);
        return Tenant.ReadMemberIdsAsync(group, cancellationToken);
    }

    public Task<Observed<MethodsPolicy>> ReadMethodsPolicyAsync(CancellationToken cancellationToken)
    {
        Meanwhile();
        _reads.Policy(Now);
        return Tenant.ReadMethodsPolicyAsync(cancellationToken);
    }

    public Task<Observed<RegistrationCampaign>> ReadCampaignAsync(CancellationToken cancellationToken) => Tenant.ReadCampaignAsync(cancellationToken);

    public Task<Observed<ImmutableHashSet<Guid>>> ReadAdministratorsAsync(CancellationToken cancellationToken)
    {
        Meanwhile();
        return Tenant.ReadAdministratorsAsync(cancellationToken);
    }

    public Task<Observed<AccessView>> ReadAccessAsync(CancellationToken cancellationToken)
    {
        Meanwhile();
        _reads.Access(Now);
        return Tenant.ReadAccessAsync(cancellationToken);
    }

    public Task<Observed<ImmutableArray<DirectoryDomain>>> ReadDomainsAsync(CancellationToken cancellationToken) => Tenant.ReadDomainsAsync(cancellationToken);

    public Task<Observed<ImmutableDictionary<Guid, DateTimeOffset>>> ReadUtilityWritesAsync(CancellationToken cancellationToken) =>
        Tenant.ReadUtilityWritesAsync(cancellationToken);

    public async IAsyncEnumerable<UserRead> ReadMethodsAsync(
        IEnumerable<Guid> users, MethodParts parts, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var user in users)
        {
            yield return new UserRead(user, await LookAsync(user, parts, [], cancellationToken));
        }
    }

    public Task<Observed<ImmutableArray<AuditEntry>>> ReadAuditAsync(UnitId unit, DateTimeOffset since, CancellationToken cancellationToken) =>
        Tenant.ReadAuditAsync(unit, since, cancellationToken);

    public Task<Observed<RolloutPolicy?>> ReadRolloutAsync(CancellationToken cancellationToken)
    {
        Meanwhile();
        _reads.Rollout(Now);
        return Tenant.ReadRolloutAsync(cancellationToken);
    }

    public Task<Observed<GroupContent>> ReadGroupContentAsync(Guid group, CancellationToken cancellationToken)
    {
        Meanwhile();
        _reads.Ring(group, Now);
        return Tenant.ReadGroupContentAsync(group, cancellationToken);
    }

    public Task<Observed<FederationSettings?>> ReadFederationAsync(string domain, CancellationToken cancellationToken)
    {
        Meanwhile();
        _reads.Federation(domain, Now);
        return Tenant.ReadFederationAsync(domain, cancellationToken);
    }

    public async IAsyncEnumerable<DirectoryUser> ReadUsersOfDomainsAsync(
        ImmutableArray<string> domains, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Meanwhile();
        var found = new List<DirectoryUser>();
        await foreach (var user in Tenant.ReadUsersOfDomainsAsync(domains, cancellationToken))
        {
            found.Add(user);
        }

        // The whole directory was compared: of whoever did not come it is known that the account is disabled.
        foreach (var user in Now.Users.Keys)
        {
            _reads.Account(user, Now);
        }

        foreach (var user in found)
        {
            yield return user;
        }
    }

    public Task<Observed<ImmutableArray<TokenDevice>>> ReadTokenDevicesAsync(ImmutableArray<string> serials, CancellationToken cancellationToken)
    {
        Meanwhile();
        return Tenant.ReadTokenDevicesAsync(serials, cancellationToken);
    }

    public Task<Observed<UserMethods>> LookAsync(Guid user, MethodParts parts, ImmutableArray<string> serials, CancellationToken cancellationToken)
    {
        Meanwhile();
        var look = Tenant.LookAsync(user, parts, serials, cancellationToken);
        _reads.Methods(user, parts, Now);
        return look;
    }

    public Task<Observed<ImmutableSortedDictionary<MethodKind, MethodConfiguration>>> LookAtPolicyAsync(CancellationToken cancellationToken)
    {
        Meanwhile();
        return Tenant.LookAtPolicyAsync(cancellationToken);
    }

    public Task<Observed<RegistrationCampaign>> LookAtCampaignAsync(CancellationToken cancellationToken) => Tenant.LookAtCampaignAsync(cancellationToken);

    public Task<Observed<RolloutPolicy?>> LookAtRolloutAsync(CancellationToken cancellationToken)
    {
        Meanwhile();
        return Tenant.LookAtRolloutAsync(cancellationToken);
    }

    public Task<Observed<ImmutableHashSet<Guid>>> LookAtMembershipAsync(Guid user, ImmutableArray<Guid> groups, CancellationToken cancellationToken)
    {
        Meanwhile();
        return Tenant.LookAtMembershipAsync(user, groups, cancellationToken);
    }

    public Task<Observed<FederationSettings?>> LookAtFederationAsync(string domain, CancellationToken cancellationToken)
    {
        Meanwhile();
        _reads.Federation(domain, Now);
        return Tenant.LookAtFederationAsync(domain, cancellationToken);
    }

    private void Judge(UnitId unit, Change change, Truth before)
    {
        var sitting = Sitting ?? throw new BrokenPromiseException("It is written while nothing is applied.");
        Reached |= KindOf(sitting, before.At);
        try
        {
            var promises = new Promises(company, _reads);
            promises.Judge(sitting, unit, change, before, Now);
            Reached |= promises.Race ? Reached.Race : Reached.None;
        }
        catch (BrokenPromiseException broken)
        {
            throw new BrokenPromiseException($"The write {change.Id} of {unit}, stage {sitting.Header.Stage}, {sitting.Header.Purpose}: {broken.Message}.", broken);
        }

        _reads.Wrote(unit, change);
    }

    private DirectoryUser Noted(DirectoryUser user)
    {
        _reads.Account(user.Id, Now);
        return user;
    }

    private void Meanwhile()
    {
        if (others.Meanwhile())
        {
            Moved();
        }
    }

    private static Reached KindOf(Sitting sitting, DateTimeOffset at)
    {
        var stage = sitting.Header.Stage;
        return (at >= Truth.PhonesEnd ? Reached.WithoutPhones : Reached.None) | ((stage, sitting.Forward) switch
        {
            ({ WaveName: not null }, true) => Reached.Wave,
            ({ WaveName: not null }, false) => Reached.WaveBack,
            (_, true) => stage == StageId.Prepare ? Reached.Prepare : stage == StageId.Migrate ? Reached.Migrate : Reached.CutOver,
            (_, false) => stage == StageId.Prepare ? Reached.PrepareBack : stage == StageId.Migrate ? Reached.MigrateBack : Reached.CutOverBack,
        });
    }
}
