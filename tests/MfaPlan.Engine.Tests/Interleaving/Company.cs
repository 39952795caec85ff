using System.Collections.Immutable;
using System.Globalization;
using MfaPlan.Core.CutOvers;
using MfaPlan.Core.Plans;
using MfaPlan.Core.Privacy;
using MfaPlan.Core.Sources;
using MfaPlan.Core.Sources.Tokens;
using MfaPlan.Core.Tenants;
using MfaPlan.Core.Tenants.Access;
using MfaPlan.Core.Text;

namespace MfaPlan.Engine.Tests.Interleaving;

/// <summary>A small tenant, its records of MFA Server and a plan for it, drawn from a seed.</summary>
internal sealed class Company
{
    public static readonly Guid[] BreakGlass = [new(101, 0, 0, new byte[8]), new(102, 0, 0, new byte[8])];

    /// <summary>Groups with members that the plan may name.</summary>
    public static readonly string[] Groups = ["MFA-Migrate-All", "MFA-W1", "MFA-W2", "MFA-W3", "MFA-Bridge", "MFA-Tokens", "SvcAccounts"];

    /// <summary>The flat groups of the waves.</summary>
    public static readonly string[] Rings = ["R1", "R2", "R3"];

    private static readonly string[] UserDomains = ["contoso.com", "contoso.com", "contoso.com", "dev.contoso.com", "fabrikam.com", "contoso.onmicrosoft.com", "cloud.contoso.com"];

    private readonly Chance _chance;
    private readonly bool _kind;
    private readonly bool _ready;

    public Company(ulong seed)
    {
        _chance = new Chance(seed);
        _kind = _chance.Percent(75); // most companies are well enough prepared for a wave to go through,
        _ready = _kind && _chance.Percent(45); // and some for a cut-over, which one single user holds up
        World = new World(users: 0) { Plan = DrawPlan() };
        World.Time.Advance(TimeSpan.FromDays(_chance.Of(0, 0, 0, 65, 80)));
        World.Tenant.Lag = TimeSpan.FromSeconds(_chance.Of(0, 0, 0, 7));
        DrawGroups();
        DrawUsers();
        DrawDomains();
        DrawPolicy();
        DrawAccess();
        DrawAnswers();
    }

    public World World { get; }

    public FakeTenant Tenant => World.Tenant;

    public Plan Plan => World.Plan;

    /// <summary>The plan as its author wrote it, for people.</summary>
    public string PlanText { get; private set; } = "";

    public ImmutableArray<AcceptedUser> Exceptions { get; private set; } = [];

    public CutOverTerms Terms() => new(Exceptions, DateOnly.FromDateTime(World.Time.GetUtcNow().UtcDateTime));

    public static Guid RingOf(string name) => new(0, 0, 0, [1, 1, 1, 1, 1, 1, 1, (byte)name[^1]]);

    public static PhoneNumber Number(int i) => new(string.Create(CultureInfo.InvariantCulture, $"+1 20655501{i % 100:00}"));

    private Plan DrawPlan()
    {
        var waves = _chance.Of(1, 1, 2, 3);
        var lines = new List<string>
        {
            "apiVersion: mfaplan/v1",
            "kind: MigrationPlan",
            "metadata: { name: test }",
            "tenant: { id: 11111111-2222-4333-8444-555555555555 }",
            "source: { mfaServer: { users: users.csv } }",
            $"domains: [{{ name: contoso.com, {Today()} }}, {{ name: fabrikam.com, {Today()} }}]",
            "migrate: { groups: [MFA-Migrate-All], "
                + $"only: {_chance.Of("all", "changed")}, phone: {{ existing: {_chance.Of("keep", "replace")} }}, backupPhone: {{ existing: {_chance.Of("keep", "replace")} }}, "
                + $"oathToken: {{ existing: {_chance.Of("keep", "replace")} }}, defaultMethod: {_chance.Of("always", "ifNotSet", "mostSecureIfNotSet", "leave")}, "
                + $"include: {{ guests: {_chance.Of("list", "include")}, entraDisabled: {_chance.Of("list", "include")}, admins: {_chance.Of("refuse", "include")} }} }}",
            $"protect: {{ breakGlass: [{BreakGlass[0]}, {BreakGlass[1]}]"
                + (_chance.Percent(30) ? ", neverRoute: [SvcAccounts]" : "")
                + (_chance.Percent(30) ? ", neverWrite: [SvcAccounts]" : "")
                + (_chance.Percent(70) ? ", phoneOnly: { accept: [MFA-Bridge], until: 2027-01-15 }" : "") + " }",
            "rollout: { waves: [" + string.Join(", ", Enumerable.Range(1, waves).Select(static i => $"{{ name: w{i}, from: [MFA-W{i}], into: [R{i}], max: 50 }}")) + "] }",
            $"limits: {{ overwrites: {_chance.Of(0, 100, 100)}, admins: 100 }}",
        };
        if (_chance.Percent(55))
        {
            var ensured = new[] { "sms", "voice", "microsoftAuthenticator", "softwareOath", "hardwareOath" }.Where(_ => _chance.Percent(60)).ToList();
            lines.Add($"policy: {{ ensure: {{ {string.Join(", ", ensured.Select(kind => $"{kind}: {{ groups: [{_chance.Of("MFA-Migrate-All", "MFA-Tokens", "MFA-W1")}] }}"))} }} }}");
        }

        if (_chance.Percent(90))
        {
            lines.Add($"cutOver: {{ domains: [{_chance.Of("contoso.com", "contoso.com, fabrikam.com")}], neverSet: {_chance.Of("refuse", "accept")}"
                + $"{(_chance.Percent(8) ? ", to: enforceMfaByFederatedIdp" : "")} }}");
        }

        PlanText = string.Join('\n', lines);
        var read = PlanReader.Read(new SourceText("plan.yaml", PlanText));
        return read.Value ?? throw new InvalidOperationException(string.Join('\n', read.Diagnostics.Select(static problem => problem.Message)) + '\n' + PlanText);

        string Today() => _chance.Of("mfaToday: mfaServer", "mfaToday: none", "mfaToday: thirdParty", "mfaToday: thirdParty, evidence: CHG1");
    }

    private void DrawGroups()
    {
        Tenant.Groups.Clear();
        for (var i = 0; i < Groups.Length; i++)
        {
            Tenant.Groups[new DirectoryGroup(new Guid(0, 0, 0, [9, 9, 9, 9, 9, 9, 9, (byte)i]), Groups[i], Dynamic: false, Microsoft365: false, Synced: false)] = [];
        }

        foreach (var ring in Rings)
        {
            Tenant.Groups[new DirectoryGroup(RingOf(ring), ring, Dynamic: false, Microsoft365: false, Synced: false)] = [];
        }
    }

    private void DrawUsers()
    {
        var records = ImmutableArray.CreateBuilder<SourceUser>();
        var tokens = ImmutableArray.CreateBuilder<SourceToken>();
        var exceptions = ImmutableArray.CreateBuilder<AcceptedUser>();
        var users = 4 + _chance.Below(7);
        for (var i = 1; i <= users; i++)
        {
            var id = World.IdOf(i);
            var name = $"user{i}@{_chance.Of(UserDomains)}";
            var cloudOnly = _chance.Percent(12);
            var user = new DirectoryUser(
                id, new PersonalName(name), Enabled: !_chance.Percent(12), Guest: _chance.Percent(_ready ? 1 : 8), Synced: !cloudOnly, null, null, null);
            Add(user, DrawMethods(i), [.. Groups.Where((group, at) => _chance.Percent(at == 0 ? 85 : at <= 3 ? 45 : group == "SvcAccounts" ? 8 : 50))]);
            if (_chance.Percent(_ready ? 1 : 10))
            {
                Tenant.Administrators.Add(id);
            }

            if (_chance.Percent(85))
            {
                records.Add(DrawRecord(i, name));
            }

            if (_chance.Percent(40))
            {
                tokens.Add(new SourceToken("seeds.csv", new TokenSeed(
                    i, $"T-{i}", new Secret($"GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJ{(char)('A' + i)}"), "Contoso", "Key", 30, 6, TokenAlgorithm.Sha1, TokenKind.Totp,
                    new PersonalName(name))));
            }

            if (_chance.Percent(25))
            {
                exceptions.Add(new AcceptedUser(i + 1, new PersonalName(name), new PersonalName("o@contoso.com"), "why", new DateOnly(2027, 1, 10)));
            }
        }

        foreach (var id in BreakGlass)
        {
            Add(new DirectoryUser(id, new PersonalName($"bg{id:N}@contoso.onmicrosoft.com"), Enabled: true, Guest: false, Synced: false, null, null, null),
                new UserMethods(MethodParts.None) { PhishingResistant = 1 }, []);
            if (_chance.Percent(50))
            {
                records.Add(DrawRecord(90 + id.ToByteArray()[0] % 10, Tenant.Users[id].PrincipalName.Reveal()));
            }
        }

        World.Source = new SourceData(records.ToImmutable(), 0, [], ImmutableSortedDictionary<string, string>.Empty) { Tokens = tokens.ToImmutable() };
        Exceptions = exceptions.ToImmutable();
    }

    private void Add(DirectoryUser user, UserMethods methods, string[] groups)
    {
        Tenant.Users[user.Id] = user;
        Tenant.Set(user.Id, methods);
        foreach (var group in Tenant.Groups.Keys.Where(group => groups.Contains(group.DisplayName)).ToList())
        {
            Tenant.Groups[group] = Tenant.Groups[group].Add(user.Id);
        }
    }

    private UserMethods DrawMethods(int i)
    {
        if (_chance.Percent(_ready ? 0 : _kind ? 3 : 35))
        {
            return new UserMethods(MethodParts.None);
        }

        var methods = new UserMethods(MethodParts.None)
        {
            Mobile = _chance.Percent(25) ? Number(i + _chance.Below(2) * 50) : null,
            Office = _chance.Percent(12) ? Number(i + 30) : null,
            Authenticators = _chance.Percent(_ready ? 97 : _kind ? 75 : 25) ? 1 : 0,
            SoftwareTokens = _chance.Percent(15) ? 1 : 0,
            PhishingResistant = _chance.Percent(_kind ? 25 : 8) ? 1 : 0,
        };
        methods = methods with { AlternateMobile = methods.Mobile is not null && _chance.Percent(25) ? Number(i + 60) : null };
        return methods with
        {
            Default = methods.Authenticators > 0 && _chance.Percent(50) ? DefaultMethod.Push : methods.Mobile is not null && _chance.Percent(60) ? DefaultMethod.Sms : null,
        };
    }

    private SourceUser DrawRecord(int i, string name) => new(
        i + 1, new PersonalName(name), _chance.Of(SourceMode.PhoneCall, SourceMode.TextMessage, SourceMode.MobileApp, SourceMode.OathToken), TwoWay: false, WithPin: false,
        _chance.Percent(80) ? new SourcePhone("1", $"20655501{i:00}", _chance.Percent(15) ? "12" : "") : SourcePhone.None,
        _chance.Percent(35) ? new SourcePhone("1", $"20655502{i:00}", _chance.Percent(15) ? "34" : "") : SourcePhone.None,
        Enabled: !_chance.Percent(8), null);

    private void DrawDomains()
    {
        Tenant.Domains.AddRange([new("fabrikam.com", Federated: true), new("dev.contoso.com", Federated: true), new("cloud.contoso.com", Federated: false)]);
        foreach (var domain in (string[])["contoso.com", "fabrikam.com"])
        {
            Tenant.Routing.Federations[domain] = new FederationSettings(
                "f-" + domain, _chance.Of(FederationSettings.Accept, FederationSettings.Accept, FederationSettings.Accept, FederationSettings.Enforce, null), """{"id":"f1"}""");
        }
    }

    private void DrawPolicy()
    {
        var policy = FakeTenant.AllAllowed;
        foreach (var kind in Enum.GetValues<MethodKind>())
        {
            var old = policy.Configurations[kind];
            var name = _chance.Of("MFA-Migrate-All", "MFA-W1", "MFA-Tokens");
            var group = Tenant.Groups.Keys.First(group => group.DisplayName == name).Id;
            policy = policy with
            {
                Configurations = policy.Configurations.SetItem(kind, _chance.Below(!_kind ? 6 : kind == MethodKind.Authenticator ? 60 : 12) switch
                {
                    0 => MethodConfiguration.Off,
                    1 => old with { Enabled = false },
                    2 => old with { Include = [new MethodTarget(group, IsUser: false, UsableForSignIn: false)] },
                    3 => old with { Exclude = [new MethodTarget(group, IsUser: false, UsableForSignIn: false)] },
                    _ => old,
                }),
            };
        }

        Tenant.Policy = new Observed<MethodsPolicy>.Seen(policy, World.Time.GetUtcNow());
    }

    private void DrawAccess()
    {
        var excluded = Tenant.Users.Keys.Order().Where(_ => _chance.Percent(_ready ? 0 : 6)).ToImmutableArray();
        var policy = new AccessPolicy("00000000-0000-0000-0000-0000000000c1", "MFA for all", _ready || _chance.Percent(92) ? AccessState.Enabled : AccessState.ReportOnly)
        {
            Include = AccessUsers.Everybody,
            Exclude = AccessUsers.Nobody with { Users = excluded },
            Resources = AccessResources.All,
            Controls = new AccessControls("OR", _ready || _chance.Percent(95) ? ["mfa"] : ["mfa", "compliantDevice"], 0, null),
        };
        var more = policy with
        {
            Id = "00000000-0000-0000-0000-0000000000c2",
            Include = AccessUsers.Nobody with { Users = [.. Tenant.Users.Keys.Order().Where(_ => _chance.Percent(40))] },
            Exclude = AccessUsers.Nobody,
        };
        Tenant.Access = new Observed<AccessView>.Seen(new AccessView(_chance.Percent(40) ? [policy, more] : [policy]), World.Time.GetUtcNow());
    }

    /// <summary>What the service makes of our requests: mostly it does as asked.</summary>
    private void DrawAnswers()
    {
        if (_chance.Percent(75))
        {
            return;
        }

        var answers = new Chance((ulong)_chance.Below(int.MaxValue));
        Tenant.Answer = (_, _, _) => answers.Below(10) switch
        {
            0 => FakeAnswer.LostAfterEffect,
            1 => FakeAnswer.LostBeforeEffect,
            2 => FakeAnswer.Throttled,
            3 when answers.Percent(30) => FakeAnswer.Refused,
            _ => FakeAnswer.Success,
        };
    }
}
