using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Tenants;
using MfaPlan.Core.Tenants.Access;
using MfaPlan.Engine.Ports;

namespace MfaPlan.Testing;

/// <summary>
/// A tenant with behaviour, in memory: it lags, loses answers, throttles, refuses, and may be killed with its caller. It keeps every write that
/// took effect, so that a test can see what was sent twice.
/// </summary>
/// <param name="time">The clock of its lag.</param>
public sealed class FakeTenant(TimeProvider time) : ITenantReader, ITenantWriter
{
    private readonly Lock _gate = new();
    private (MethodsPolicy Shown, DateTimeOffset Until, MethodsPolicy Truth)? _policy;
    private readonly Dictionary<Guid, (UserMethods Shown, DateTimeOffset Until, UserMethods Truth)> _methods = [];

    /// <summary>Users of the directory.</summary>
    public Dictionary<Guid, DirectoryUser> Users { get; } = [];

    /// <summary>Groups with their transitive members.</summary>
    public Dictionary<DirectoryGroup, ImmutableArray<Guid>> Groups { get; } = [];

    /// <summary>Administrators.</summary>
    public HashSet<Guid> Administrators { get; } = [];

    /// <summary>Domains.</summary>
    public List<DirectoryDomain> Domains { get; } = [new("contoso.com", Federated: true), new("contoso.onmicrosoft.com", Federated: false)];

    /// <summary>The methods policy; null for <see cref="AllAllowed"/>. Set, it is so at once, as if somebody else had written it.</summary>
    public Observed<MethodsPolicy>? Policy
    {
        get;
        set
        {
            field = value;
            _policy = null;
        }
    }

    /// <summary>Why the registration campaign cannot be read; null when it can.</summary>
    public string? CampaignUnread { get; set; }
    /// <summary>What demands MFA; at first nothing does.</summary>
    public Observed<AccessView> Access { get; set; } = new Observed<AccessView>.Seen(new AccessView([]), DateTimeOffset.MinValue);

    /// <summary>Users whose methods cannot be read, with the code.</summary>
    public Dictionary<Guid, string> Unreadable { get; } = [];

    /// <summary>Why the inventory of hardware tokens cannot be read; null when it can.</summary>
    public string? Inventory { get; set; }

    /// <summary>The audit log, the newest first.</summary>
    public List<(UnitId Unit, AuditEntry Entry)> Audit { get; } = [];

    /// <summary>Whether reading the whole directory fails behind the first user.</summary>
    public bool DirectoryBreaksOff { get; set; }

    /// <summary>The staged rollout, flat groups and federations.</summary>
    public FakeRouting Routing { get; } = new();

    /// <summary>How long a write takes to show.</summary>
    public TimeSpan Lag { get; set; }

    /// <summary>What becomes of the nth send, from 0; null for success.</summary>
    public Func<int, UnitId, Change, FakeAnswer>? Answer { get; set; }

    /// <summary>Kills the caller at a step.</summary>
    public Killer Killer { get; set; } = new(-1);

    /// <summary>Called when a write is about to leave, and may take its time as a stopped process does.</summary>
    public Action? Paused { get; set; }

    /// <summary>Every write that took effect, in order.</summary>
    public List<(UnitId Unit, string Change)> Effects { get; } = [];

    /// <summary>Every request to write, whatever became of it.</summary>
    public int Sends { get; private set; }

    /// <summary>The policy as it truly is; what a read shows may lag behind.</summary>
    public MethodsPolicy PolicyTruth => _policy?.Truth ?? (Policy as Observed<MethodsPolicy>.Seen)?.Value ?? AllAllowed;

    /// <summary>A policy that lets everybody use every kind of method, with sign-in by text message off.</summary>
    public static MethodsPolicy AllAllowed { get; } = new(
        Enum.GetValues<MethodKind>().ToImmutableSortedDictionary(
            static kind => kind,
            static _ => new MethodConfiguration(Enabled: true, [new MethodTarget(null, IsUser: false, UsableForSignIn: false)], [])),
        ImmutableDictionary<Guid, ImmutableHashSet<Guid>>.Empty,
        "preMigration");

    /// <summary>The registration campaign of a tenant where nobody has set one: it is left to Microsoft and names everybody.</summary>
    public static RegistrationCampaign NewCampaign { get; } = new(
        CampaignState.MicrosoftManaged, 1, [new MethodTarget(null, IsUser: false, UsableForSignIn: true) { Asks = RegistrationCampaign.Authenticator }], []);

    /// <summary>Adds a user to the directory and to a group.</summary>
    public void Add(DirectoryUser user, UserMethods methods, string group = "MFA-Migrate-All")
    {
        Users[user.Id] = user;
        Set(user.Id, methods);
        var found = Groups.Keys.FirstOrDefault(known => known.DisplayName == group)
            ?? new DirectoryGroup(new Guid(0, 0, 0, [9, 9, 9, 9, 9, 9, 9, (byte)Groups.Count]), group, Dynamic: false, Microsoft365: false, Synced: false);
        Groups[found] = Groups.TryGetValue(found, out var members) ? members.Add(user.Id) : [user.Id];
    }

    /// <summary>Sets a user's methods at once, as somebody else would.</summary>
    public void Set(Guid user, UserMethods methods)
    {
        lock (_gate)
        {
            var whole = methods with { Parts = MethodParts.Methods | MethodParts.Preferences | MethodParts.Tokens };
            _methods[user] = (whole, DateTimeOffset.MinValue, whole);
        }
    }

    /// <summary>A user's methods as they truly are.</summary>
    public UserMethods Truth(Guid user) => _methods[user].Truth;

    /// <inheritdoc/>
    public Task<Observed<ImmutableArray<DirectoryGroup>>> FindGroupsAsync(string idOrName, CancellationToken cancellationToken) =>
        Seen(Groups.Keys.Where(group => group.DisplayName == idOrName || group.Id.ToString("D") == idOrName).ToImmutableArray());

    /// <inheritdoc/>
    public Task<Observed<ImmutableArray<DirectoryUser>>> FindUserAsync(string idOrPrincipalName, CancellationToken cancellationToken) =>
        Seen(Users.Values
            .Where(user => user.Id.ToString("D") == idOrPrincipalName || user.PrincipalName.Reveal() == idOrPrincipalName)
            .ToImmutableArray());

    /// <inheritdoc/>
    public async IAsyncEnumerable<DirectoryUser> ReadMembersAsync(
        Guid group, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach (var id in Groups.First(pair => pair.Key.Id == group).Value)
        {
            yield return Users[id];
        }
    }

    /// <inheritdoc/>
    public Task<Observed<ImmutableHashSet<Guid>>> ReadMemberIdsAsync(Guid group, CancellationToken cancellationToken) =>
        Seen(Groups.First(pair => pair.Key.Id == group).Value.ToImmutableHashSet().Union(Routing.ContentOf(group).Users));

    /// <inheritdoc/>
    public Task<Observed<MethodsPolicy>> ReadMethodsPolicyAsync(CancellationToken cancellationToken) =>
        Policy is Observed<MethodsPolicy>.Unknown unknown
            ? Task.FromResult<Observed<MethodsPolicy>>(unknown)
            : Seen(ShownPolicy with { Members = MembersOf(ShownPolicy), Campaign = null });

    /// <inheritdoc/>
    public Task<Observed<RegistrationCampaign>> ReadCampaignAsync(CancellationToken cancellationToken) => CampaignUnread is { } code
        ? Task.FromResult<Observed<RegistrationCampaign>>(new Observed<RegistrationCampaign>.Unknown(code))
        : Seen(ShownPolicy.Campaign ?? NewCampaign);

    /// <inheritdoc/>
    public Task<Observed<RegistrationCampaign>> LookAtCampaignAsync(CancellationToken cancellationToken)
    {
        Killer.Step("look at campaign");
        return ReadCampaignAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public Task<Observed<ImmutableHashSet<Guid>>> ReadAdministratorsAsync(CancellationToken cancellationToken) =>
        Seen(Administrators.ToImmutableHashSet());

    /// <inheritdoc/>
    public Task<Observed<AccessView>> ReadAccessAsync(CancellationToken cancellationToken) => Task.FromResult(Access);

    /// <inheritdoc/>
    public Task<Observed<ImmutableArray<DirectoryDomain>>> ReadDomainsAsync(CancellationToken cancellationToken) =>
        Seen(Domains.ToImmutableArray());

    /// <inheritdoc/>
    public Task<Observed<ImmutableDictionary<Guid, DateTimeOffset>>> ReadUtilityWritesAsync(CancellationToken cancellationToken) =>
        Seen(ImmutableDictionary<Guid, DateTimeOffset>.Empty);

    /// <inheritdoc/>
    public async IAsyncEnumerable<UserRead> ReadMethodsAsync(
        IEnumerable<Guid> users, MethodParts parts, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var user in users)
        {
            yield return new UserRead(user, await LookAsync(user, parts, [], cancellationToken));
        }
    }

    /// <inheritdoc/>
    public Task<Observed<ImmutableArray<AuditEntry>>> ReadAuditAsync(UnitId unit, DateTimeOffset since, CancellationToken cancellationToken) =>
        Seen<ImmutableArray<AuditEntry>>([.. Audit.Where(line => line.Unit == unit && line.Entry.At >= since).Select(static line => line.Entry)]);

    /// <inheritdoc/>
    public Task<Observed<ImmutableArray<TokenDevice>>> ReadTokenDevicesAsync(
        ImmutableArray<string> serials, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Inventory is { } code
                ? Task.FromResult<Observed<ImmutableArray<TokenDevice>>>(new Observed<ImmutableArray<TokenDevice>>.Unknown(code))
                : Seen(_methods
                .SelectMany(pair => Shown(pair.Value).Tokens.Select(token => (User: pair.Key, Token: token)))
                .Where(pair => pair.Token.InInventory && serials.Contains(pair.Token.Serial ?? "", StringComparer.OrdinalIgnoreCase))
                .Select(pair => new TokenDevice(
                    pair.Token.Id, pair.Token.Serial ?? "", pair.Token.Holder == TokenHolder.User ? pair.User : null, pair.Token.Activated))
                .ToImmutableArray());
        }
    }

    /// <inheritdoc/>
    public Task<Observed<UserMethods>> LookAsync(
        Guid user, MethodParts parts, ImmutableArray<string> serials, CancellationToken cancellationToken)
    {
        Killer.Step("look");
        lock (_gate)
        {
            if (Unreadable.TryGetValue(user, out var code))
            {
                return Task.FromResult<Observed<UserMethods>>(new Observed<UserMethods>.Unknown(code));
            }

            // The user's own list has no device of the inventory that nobody holds; those are asked for by serial number.
            var shown = Shown(_methods[user]);
            return Seen(shown with
            {
                Parts = parts,
                Tokens = parts.HasFlag(MethodParts.Tokens) ? shown.Tokens : [.. shown.Tokens.Where(static token => token.Holder == TokenHolder.User)],
            });
        }
    }

    /// <inheritdoc/>
    public Task<Observed<ImmutableSortedDictionary<MethodKind, MethodConfiguration>>> LookAtPolicyAsync(CancellationToken cancellationToken)
    {
        Killer.Step("look at policy");
        return Policy is Observed<MethodsPolicy>.Unknown unknown
            ? Task.FromResult<Observed<ImmutableSortedDictionary<MethodKind, MethodConfiguration>>>(
                new Observed<ImmutableSortedDictionary<MethodKind, MethodConfiguration>>.Unknown(unknown.Code))
            : Seen(ShownPolicy.Configurations);
    }

    /// <inheritdoc/>
    public Task<Observed<RolloutPolicy?>> ReadRolloutAsync(CancellationToken cancellationToken) => Routing.RolloutUnreadable is { } code
        ? Task.FromResult<Observed<RolloutPolicy?>>(new Observed<RolloutPolicy?>.Unknown(code))
        : Seen(Routing.Rollout);

    /// <inheritdoc/>
    public Task<Observed<RolloutPolicy?>> LookAtRolloutAsync(CancellationToken cancellationToken)
    {
        Killer.Step("look at rollout");
        return ReadRolloutAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public Task<Observed<GroupContent>> ReadGroupContentAsync(Guid group, CancellationToken cancellationToken) => Seen(Routing.ContentOf(group));

    /// <inheritdoc/>
    public Task<Observed<ImmutableHashSet<Guid>>> LookAtMembershipAsync(
        Guid user, ImmutableArray<Guid> groups, CancellationToken cancellationToken)
    {
        Killer.Step("look at membership");
        lock (_gate)
        {
            return Seen(groups.Where(group => Routing.ContentOf(group).Users.Contains(user)).ToImmutableHashSet());
        }
    }

    /// <inheritdoc/>
    public Task<Observed<FederationSettings?>> ReadFederationAsync(string domain, CancellationToken cancellationToken) =>
        Routing.FederationUnreadable is { } code
            ? Task.FromResult<Observed<FederationSettings?>>(new Observed<FederationSettings?>.Unknown(code))
            : Seen(Routing.Shown(domain, time.GetUtcNow()));

    /// <inheritdoc/>
    public async IAsyncEnumerable<DirectoryUser> ReadUsersOfDomainsAsync(
        ImmutableArray<string> domains, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach (var user in Users.Values.Where(user => user.Enabled
            && domains.Any(domain => ("." + user.PrincipalName.Reveal().Split('@')[^1]).EndsWith("." + domain, StringComparison.OrdinalIgnoreCase))))
        {
            yield return user;
            if (DirectoryBreaksOff)
            {
                throw new TenantReadException("HTTP500");
            }
        }
    }

    /// <inheritdoc/>
    public Task<Observed<FederationSettings?>> LookAtFederationAsync(string domain, CancellationToken cancellationToken)
    {
        Killer.Step("look at federation");
        return ReadFederationAsync(domain, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<SendResult> SendAsync(UnitId unit, Change change, TimeSpan timeout, IFence fence)
    {
        Killer.Step("before send");
        Paused?.Invoke();
        fence.Check();
        SendResult result;
        lock (_gate)
        {
            var answer = Answer?.Invoke(Sends, unit, change) ?? FakeAnswer.Success;
            Sends++;
            result = answer switch
            {
                FakeAnswer.Success or FakeAnswer.LostAfterEffect when IsImpossible(unit, change) =>
                    new SendResult.Refused("invalidRequest", $"request-{Sends}"),
                FakeAnswer.Success => Effect(unit, change, new SendResult.Accepted($"request-{Sends}")),
                FakeAnswer.LostAfterEffect => Effect(unit, change, new SendResult.Ambiguous("cut")),
                FakeAnswer.LostBeforeEffect => new SendResult.Ambiguous("HTTP503"),
                FakeAnswer.Throttled => new SendResult.Throttled(TimeSpan.FromSeconds(2)),
                _ => new SendResult.Refused("invalidRequest", $"request-{Sends}"),
            };
        }

        Killer.Step("after send");
        return Task.FromResult(result);
    }

    private bool IsImpossible(UnitId unit, Change change) => change is not (Change.AllowMethod or Change.SetCampaign)
        && (FakeRouting.Is(change) ? Routing.IsImpossible(unit, change) : IsImpossible(_methods[unit.User].Truth, change));

    /// <summary>What the service refuses of a token: a serial number twice, a step before the one that it builds upon, the deletion of what is held.</summary>
    private static bool IsImpossible(UserMethods truth, Change change) => (change, (change as Change.OfToken) is { } step ? truth.Token(step.Token.Serial) : null) switch
    {
        (Change.CreateToken { After: true }, var token) => token is { InInventory: true },
        (Change.CreateToken, var token) => token is not { Holder: TokenHolder.Nobody },
        (Change.AssignToken { After: true }, var token) => token is not { InInventory: true, Holder: TokenHolder.Nobody },
        (Change.OfToken, var token) => token is not { Holder: TokenHolder.User },
        _ => false,
    };

    private UserMethods Shown((UserMethods Shown, DateTimeOffset Until, UserMethods Truth) methods) =>
        time.GetUtcNow() >= methods.Until ? methods.Truth : methods.Shown;

    private MethodsPolicy ShownPolicy => _policy is { } policy && time.GetUtcNow() < policy.Until ? policy.Shown : PolicyTruth;

    private ImmutableDictionary<Guid, ImmutableHashSet<Guid>> MembersOf(MethodsPolicy policy) => policy.Members.SetItems(policy.Configurations.Values
        .SelectMany(static configuration => configuration.Include.Concat(configuration.Exclude))
        .Where(static target => target is { IsUser: false, Id: not null })
        .SelectMany(target => Groups.Where(group => group.Key.Id == target.Id))
        .DistinctBy(static group => group.Key.Id)
        .Select(static group => KeyValuePair.Create(group.Key.Id, group.Value.ToImmutableHashSet())));

    private void Effect(Change.AllowMethod change)
    {
        // As the service does: a target that was written comes back with its defaults beside it.
        var written = change.After with
        {
            Include = [.. change.After.Include.Select(static target => target with { Others = target.Others ?? """{"isRegistrationRequired":false}""" })],
        };
        _policy = (ShownPolicy, time.GetUtcNow() + Lag, PolicyTruth with { Configurations = PolicyTruth.Configurations.SetItem(change.Method, written) });
    }

    private void Effect(Change.SetCampaign change) => _policy = (ShownPolicy, time.GetUtcNow() + Lag, PolicyTruth with
    {
        Campaign = change.After with { Others = change.After.Others ?? """{"authenticationMethodsRegistrationCampaign":{"enforceRegistrationAfterAllowedSnoozes":true}}""" },
    });

    private SendResult Effect(UnitId unit, Change change, SendResult result)
    {
        switch (change)
        {
            case Change.AllowMethod allow:
                Effect(allow);
                Effects.Add((unit, change.Id));
                return result;
            case Change.SetCampaign campaign:
                Effect(campaign);
                Effects.Add((unit, change.Id));
                return result;
        }

        if (FakeRouting.Is(change))
        {
            Routing.Carry(unit, change, time.GetUtcNow() + Lag);
            Effects.Add((unit, change.Id));
            return result;
        }

        var (shown, until, truth) = _methods[unit.User];
        var now = time.GetUtcNow();
        _methods[unit.User] = (now >= until ? truth : shown, now + Lag, Compare.With(truth, change));
        Effects.Add((unit, change.Id));
        return result;
    }

    private Task<Observed<T>> Seen<T>(T value) => Task.FromResult<Observed<T>>(new Observed<T>.Seen(value, time.GetUtcNow()));
}
