using System.Text.Json;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Tenants;

namespace MfaPlan.Core.Tests.Waves;

public sealed class RoutingChangeTests
{
    private static readonly Guid Group = new(9, 8, 7, [1, 2, 3, 4, 5, 6, 7, 8]);
    private static readonly FederationSettings Federation = new("f1", FederationSettings.Accept, """{"id":"f1","issuerUri":"http://sts.contoso.com"}""");

    public static TheoryData<Change> Changes =>
    [
        new Change.CreateRollout("MFA rollout policy", "rollout"),
        new Change.EnableRollout(After: true, "rollout"),
        new Change.EnableRollout(After: false, "undo"),
        new Change.AttachGroup(Group, After: true, "rollout"),
        new Change.AttachGroup(Group, After: false, "undo"),
        new Change.RouteUser(Group, After: true, "rollout.waves.from"),
        new Change.RouteUser(Group, After: false, "undo"),
        new Change.SetFederatedMfa(Federation, FederationSettings.Reject, "cutOver"),
        new Change.SetFederatedMfa(Federation with { MfaBehavior = null }, FederationSettings.Reject, "cutOver"),
    ];

    [Theory]
    [MemberData(nameof(Changes))]
    public void A_change_reads_as_it_was_written(Change change)
    {
        ArgumentNullException.ThrowIfNull(change);
        var unit = new Unit(UnitId.Named(UnitKind.Policy, "featureRollout"), StageId.Wave(0, "pilot"), [change], []);
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            ChangeSetJson.Write(json, new ChangeSetLine.Of(unit), new PersonalValues(null));
        }

        ChangeSetJson.Read(stream.ToArray()).ShouldBe(new ChangeSetLine.Of(unit));
    }

    [Fact]
    public void Routing_is_compared_by_what_a_look_sees()
    {
        var route = new Change.RouteUser(Group, After: true, "r");
        Of(route, new Look.OfMembership([])).ShouldBe(Position.AsBefore);
        Of(route, new Look.OfMembership([Group])).ShouldBe(Position.AsAfter);
        Of(route.Inverse("undo"), new Look.OfMembership([Group])).ShouldBe(Position.AsBefore);
        Compare.Of(route, new Observed<Look>.Unknown("403")).ShouldBe(Position.Unknown);

        var attach = new Change.AttachGroup(Group, After: true, "r");
        var policy = new RolloutPolicy("p", "name", Enabled: true, ForEverybody: false, []);
        Of(attach, new Look.OfRollout(null)).ShouldBe(Position.AsBefore);
        Of(attach, new Look.OfRollout(policy)).ShouldBe(Position.AsBefore);
        Of(attach, new Look.OfRollout(policy with { Groups = [Group] })).ShouldBe(Position.AsAfter);
        Of(new Change.CreateRollout("x", "r"), new Look.OfRollout(policy)).ShouldBe(Position.AsAfter);
        Of(new Change.EnableRollout(After: true, "r"), new Look.OfRollout(null)).ShouldBe(Position.Other);
        Of(new Change.EnableRollout(After: true, "r"), new Look.OfRollout(policy with { Enabled = false })).ShouldBe(Position.AsBefore);
    }

    [Fact]
    public void A_federation_is_compared_by_its_behaviour_alone()
    {
        var set = new Change.SetFederatedMfa(Federation, FederationSettings.Reject, "cutOver");

        Of(set, new Look.OfFederation(Federation with { Image = "{}" })).ShouldBe(Position.AsBefore);
        Of(set, new Look.OfFederation(Federation with { MfaBehavior = FederationSettings.Reject })).ShouldBe(Position.AsAfter);
        Of(set, new Look.OfFederation(Federation with { MfaBehavior = FederationSettings.Enforce })).ShouldBe(Position.Other);
        Of(set, new Look.OfFederation(Federation with { Id = "f2" })).ShouldBe(Position.Other);
        Of(set, new Look.OfFederation(null)).ShouldBe(Position.Other);
        Should.Throw<InvalidOperationException>(() => new Change.SetFederatedMfa(Federation with { MfaBehavior = null }, FederationSettings.Reject, "c").Inverse("undo"));
        set.Inverse("undo").ShouldBe(new Change.SetFederatedMfa(Federation with { MfaBehavior = FederationSettings.Reject }, FederationSettings.Accept, "undo"));
    }

    private static Position Of(Change change, Look look) => Compare.Of(change, new Observed<Look>.Seen(look, DateTimeOffset.UnixEpoch));
}
