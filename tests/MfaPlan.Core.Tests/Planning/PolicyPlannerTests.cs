using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Planning;
using MfaPlan.Core.Rules;
using MfaPlan.Core.Sources;
using MfaPlan.Core.Tenants;

namespace MfaPlan.Core.Tests.Planning;

public sealed class PolicyPlannerTests
{
    private static readonly Guid Bob = new(2, 0, 0, new byte[8]);
    private static readonly EnsuredGroup Group = new("MFA-Migrate-All", new Guid(7, 0, 0, new byte[8]), [Cases.User, Bob]);

    private static readonly ImmutableArray<EnsuredMethod> Ensured =
        [new(MethodKind.Sms, [Group], ForbidSignIn: true), new(MethodKind.HardwareOath, [Group], ForbidSignIn: false)];

    private static MethodsPolicy Seen(MethodConfiguration sms, string? state = "preMigration") => new(
        ImmutableSortedDictionary<MethodKind, MethodConfiguration>.Empty.Add(MethodKind.Sms, sms),
        ImmutableDictionary<Guid, ImmutableHashSet<Guid>>.Empty,
        state);

    private static readonly MethodConfiguration Off = new(Enabled: false, [new MethodTarget(null, IsUser: false, UsableForSignIn: true)], []);

    private static Observed<Look> LookAt(MethodConfiguration sms) =>
        new Observed<Look>.Seen(new Look.OfPolicy(Seen(sms).Configurations), DateTimeOffset.UnixEpoch);

    [Fact]
    public void Every_write_is_said_in_a_sentence_with_its_users()
    {
        var unit = PolicyPlanner.Forward(Ensured, Seen(Off));

        unit.Changes.Select(static change => change.Id).ShouldBe(["policy.sms", "policy.hardwareOath"]);
        var sentence = FindingCatalog.TenantWide.Message(unit.Findings.First(static finding => finding.Code == FindingCatalog.TenantWide.Code), reveal: false);
        sentence.ShouldBe("Text messages: switched on for MFA-Migrate-All. This reaches 2 users; 2 of them can use the method for the first time, 0 no longer.");
    }

    [Theory]
    [InlineData("preMigration", true)]
    [InlineData("migrationInProgress", true)]
    [InlineData("migrationComplete", false)]
    [InlineData(null, false)]
    public void Legacy_policies_are_named_while_they_count(string? state, bool named)
    {
        var unit = PolicyPlanner.Forward(Ensured, Seen(Off, state));

        unit.Findings.Any(static finding => finding.Code == FindingCatalog.LegacyPolicies.Code).ShouldBe(named);
    }

    [Fact]
    public void A_look_tells_before_after_and_what_others_did_apart()
    {
        var change = PolicyPlanner.Forward(Ensured, Seen(Off)).Changes[0].ShouldBeOfType<Change.AllowMethod>();
        var written = change.After with
        {
            Include = [.. change.After.Include.Select(static target => target with { Others = """{"isRegistrationRequired":false}""" })],
        };

        Compare.Of(change, LookAt(Off)).ShouldBe(Position.AsBefore);
        Compare.Of(change, LookAt(written)).ShouldBe(Position.AsAfter);
        Compare.Of(change, LookAt(Off with { Enabled = true })).ShouldBe(Position.Other);
        Compare.Of(change, LookAt(Off with { Exclude = [new MethodTarget(Bob, IsUser: true, UsableForSignIn: true)] })).ShouldBe(Position.Other);
        Compare.Of(change, LookAt(Off with { Include = [Off.Include[0] with { Others = """{"isRegistrationRequired":true}""" }] })).ShouldBe(Position.Other);
        Compare.Of(change, new Observed<Look>.Unknown("403")).ShouldBe(Position.Unknown);
        Compare.Of(change, new Observed<Look>.Seen(new Look.OfUser(new UserMethods(MethodParts.Phones)), DateTimeOffset.UnixEpoch)).ShouldBe(Position.Unknown);
    }

    [Fact]
    public void A_configuration_that_somebody_changed_since_is_not_restored()
    {
        var unit = PolicyPlanner.Forward(Ensured, Seen(Off));
        var change = (Change.AllowMethod)unit.Changes[0];
        var moved = change.After with { Include = change.After.Include.Add(new MethodTarget(Bob, IsUser: true, UsableForSignIn: true)) };

        var back = PolicyPlanner.Back(unit, ["policy.sms"], Seen(moved));

        back.Changes.ShouldBeEmpty();
        back.Findings.ShouldHaveSingleItem().Code.ShouldBe(FindingCatalog.ChangedSince.Code);
    }

    [Fact]
    public void What_was_not_applied_is_not_undone()
    {
        var unit = PolicyPlanner.Forward(Ensured, Seen(Off));

        PolicyPlanner.Back(unit, [], Seen(((Change.AllowMethod)unit.Changes[0]).After)).Changes.ShouldBeEmpty();
    }

    [Fact]
    public void A_change_of_the_policy_is_read_as_it_was_written()
    {
        var sms = new MethodConfiguration(
            Enabled: true,
            [new MethodTarget(Bob, IsUser: true, UsableForSignIn: true), new MethodTarget(null, IsUser: false, UsableForSignIn: false) { Others = """{"a":"b"}""" }],
            [new MethodTarget(Group.Id, IsUser: false, UsableForSignIn: true)],
            OfficePhoneAllowed: false);
        var unit = new Unit(PolicyPlanner.Id, StageId.Prepare, [new Change.AllowMethod(MethodKind.Voice, Off, sms, "policy.ensure.voice")], []);
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);

        ChangeSetJson.Write(json, new ChangeSetLine.Of(unit), new PersonalValues(key: null));

        ChangeSetJson.Read(buffer.WrittenMemory).ShouldBe(new ChangeSetLine.Of(unit), Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    [Theory]
    [InlineData(SourceMode.TextMessage, true, false, "Sms 1/0/0")]
    [InlineData(SourceMode.PhoneCall, false, false, "Voice 0/1/1")]
    [InlineData(SourceMode.TextMessage, false, true, "Sms 0/1/0")]
    public void Users_whose_changes_need_a_method_are_counted_by_what_would_help(SourceMode mode, bool ensured, bool other, string expected)
    {
        var seen = Seen(Off) with { Configurations = Cases.Policy(MethodKind.Authenticator).Configurations };
        var after = ensured ? PolicyPlanner.After(seen, PolicyPlanner.Forward(Ensured, seen), Ensured) : seen;
        var methods = new UserMethods(MethodParts.None) { Authenticators = other ? 1 : 0 };
        var unit = Planner.ForUser(
            Cases.Context(Cases.Plan(), after), Cases.Scope(Cases.Source(mode)), Cases.Seen(methods), lastMigrated: null);
        var needs = new NeedsBuilder(seen, after);

        needs.Add(unit, mode);

        needs.Build().Select(static need => $"{need.Method} {need.Waiting}/{need.Unmet}/{need.LeftWithout}").ShouldBe([expected]);
    }
}
