using System.Collections.Immutable;
using System.Globalization;
using MfaPlan.Core.Matching;
using MfaPlan.Core.Planning;
using MfaPlan.Core.Plans;
using MfaPlan.Core.Privacy;
using MfaPlan.Core.Sealing;
using MfaPlan.Core.Sources;
using MfaPlan.Core.Tenants;
using MfaPlan.Core.Text;

namespace MfaPlan.Benchmarks.Micro;

/// <summary>A user as most are: a phone and a backup in the source, nothing in Entra yet.</summary>
internal static class Sample
{
    /// <summary>The keys, all zero.</summary>
    public static readonly ValueKey Values = new("bench", new byte[32]);

    /// <summary>The plan.</summary>
    public static readonly Plan Plan = PlanReader.Read(new SourceText("plan.yaml", """
        apiVersion: mfaplan/v1
        kind: MigrationPlan
        metadata: { name: bench }
        tenant: { id: 11111111-2222-4333-8444-555555555555 }
        source: { mfaServer: { users: users.csv, asOf: 2024-09-27 } }
        migrate: { groups: [G] }
        """)).Value!;

    /// <summary>Texts and calls allowed to all.</summary>
    public static readonly MethodsPolicy Policy = new(
        ImmutableSortedDictionary<MethodKind, MethodConfiguration>.Empty
            .Add(MethodKind.Sms, new MethodConfiguration(Enabled: true, [new MethodTarget(null, IsUser: false, UsableForSignIn: false)], []))
            .Add(MethodKind.Voice, new MethodConfiguration(Enabled: true, [new MethodTarget(null, IsUser: false, UsableForSignIn: false)], [])),
        ImmutableDictionary<Guid, ImmutableHashSet<Guid>>.Empty,
        null);

    /// <summary>What planning depends on besides the user.</summary>
    public static readonly PlanningContext Context = new(Plan, Policy, [], [], [], 0, Values);

    /// <summary>Nothing registered.</summary>
    public static readonly UserMethods Nothing = new(MethodParts.Methods | MethodParts.Preferences);

    /// <summary>The same, as read.</summary>
    public static readonly Observed<UserMethods> Seen = new Observed<UserMethods>.Seen(Nothing, DateTimeOffset.UnixEpoch);

    /// <summary>A record of the source.</summary>
    public static SourceUser Source(int i) => new(
        i + 2,
        new PersonalName(Name(i)),
        i % 2 == 0 ? SourceMode.TextMessage : SourceMode.PhoneCall,
        TwoWay: false,
        WithPin: false,
        new SourcePhone("1", string.Create(CultureInfo.InvariantCulture, $"206555{i % 10_000:0000}"), ""),
        new SourcePhone("44", "7700900123", ""),
        Enabled: true,
        SecurityId.Of(Sid(i)));

    /// <summary>A user of the tenant.</summary>
    public static DirectoryUser User(int i) => new(
        new Guid(i, 0, 0, [0, 0, 0, 0, 0, 0, 0, 1]), new PersonalName(Name(i)), Enabled: true, Guest: false, Synced: true, SecurityId.Of(Sid(i)), null, null);

    /// <summary>A user with its record.</summary>
    public static ScopeUser Scope(int i) => new(User(i), new Match.Found(Source(i), MatchRule.Upn));

    private static string Name(int i) => string.Create(CultureInfo.InvariantCulture, $"user{i:000000}@contoso.com");

    private static string Sid(int i) => string.Create(CultureInfo.InvariantCulture, $"S-1-5-21-1004336348-1177238915-682003330-{1000 + i}");
}
