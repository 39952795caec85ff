using System.Collections.Immutable;
using MfaPlan.Core.Matching;
using MfaPlan.Core.Planning;
using MfaPlan.Core.Plans;
using MfaPlan.Core.Privacy;
using MfaPlan.Core.Sealing;
using MfaPlan.Core.Sources;
using MfaPlan.Core.Tenants;
using MfaPlan.Core.Text;

namespace MfaPlan.Core.Tests.Planning;

/// <summary>One user on both sides, and what the plan says.</summary>
internal static class Cases
{
    public static readonly Guid User = new(1, 0, 0, new byte[8]);

    public static Plan Plan(string migrate = "", string rest = "") => PlanReader.Read(new SourceText("plan.yaml", $$"""
        apiVersion: mfaplan/v1
        kind: MigrationPlan
        metadata: { name: test }
        tenant: { id: 11111111-2222-4333-8444-555555555555 }
        source: { mfaServer: { users: users.csv, asOf: 2024-09-27 } }
        migrate: { groups: [G]{{(migrate.Length > 0 ? ", " + migrate : "")}} }
        {{rest}}
        """)).Value!;

    public static PlanningContext Context(Plan plan, MethodsPolicy? policy = null) => new(
        plan, policy ?? FakeTenant.AllAllowed, [], [], [], 0, new ValueKey("test", new byte[32]));

    public static SourceUser Source(
        SourceMode mode, string primary = "2065550101", string backup = "", string extension = "", bool enabled = true, bool pin = false) => new(
        2, new PersonalName("alice@contoso.com"), mode, TwoWay: false, pin, new SourcePhone("1", primary, extension),
        new SourcePhone("1", backup, ""), enabled, Sid: null);

    public static ScopeUser Scope(SourceUser? source, bool enabled = true, bool guest = false) => new(
        new DirectoryUser(User, new PersonalName("alice@contoso.com"), enabled, guest, Synced: true, null, null, null),
        source is null ? Match.Miss.Instance : new Match.Found(source, MatchRule.Upn));

    public static Observed<UserMethods> Seen(UserMethods? methods = null) => new Observed<UserMethods>.Seen(
        (methods ?? new UserMethods(MethodParts.None)) with { Parts = MethodParts.Methods | MethodParts.Preferences }, DateTimeOffset.UnixEpoch);

    public static MethodsPolicy Policy(params MethodKind[] allowed) => new(
        allowed.ToImmutableSortedDictionary(
            static kind => kind, static _ => new MethodConfiguration(Enabled: true, [new MethodTarget(null, IsUser: false, UsableForSignIn: false)], [])),
        ImmutableDictionary<Guid, ImmutableHashSet<Guid>>.Empty,
        null);
}
