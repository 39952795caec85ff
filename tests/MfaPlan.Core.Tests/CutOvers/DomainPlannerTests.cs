using MfaPlan.Core.Changes;
using MfaPlan.Core.CutOvers;
using MfaPlan.Core.Guards;
using MfaPlan.Core.Plans;
using MfaPlan.Core.Rules;
using MfaPlan.Core.Tenants;

namespace MfaPlan.Core.Tests.CutOvers;

public sealed class DomainPlannerTests
{
    private const string Name = "contoso.com";
    private const string Image = """{"federatedIdpMfaBehavior":"x","issuerUri":"http://sts"}""";

    private static Plan PlanOf(string domain = "mfaToday: mfaServer, evidence: CHG1", string cutOver = "") => Planning.Cases.Plan(rest: $$"""
        domains: [{ name: contoso.com, {{domain}} }]
        cutOver: { domains: [contoso.com]{{(cutOver.Length > 0 ? ", " + cutOver : "")}} }
        """);

    private static FederationSettings Federation(string? behaviour, string id = "f1") => new(id, behaviour, Image);

    [Theory]
    [InlineData(FederationSettings.Accept, "mfaToday: mfaServer", "MFP3190")]
    [InlineData(null, "mfaToday: mfaServer", "MFP3190 MFP3191")] // never set: said before the write
    [InlineData(FederationSettings.Enforce, "mfaToday: mfaServer, evidence: CHG1", "MFP3190 MFP3191")] // evidence revives no dead server
    [InlineData(FederationSettings.Enforce, "mfaToday: thirdParty", "MFP3190 MFP3191")]
    [InlineData(FederationSettings.Enforce, "mfaToday: none, evidence: CHG1", "MFP3190 MFP3191")]
    [InlineData(FederationSettings.Enforce, "mfaToday: entra, evidence: CHG1", "MFP3190 MFP3191")]
    [InlineData(FederationSettings.Enforce, "mfaToday: thirdParty, evidence: CHG1", "MFP3190")]
    public void A_federated_domain_is_switched_with_the_whole_object_as_before_image(string? before, string domain, string findings)
    {
        var (unit, guard) = DomainPlanner.Forward(PlanOf(domain), Name, new(Name, Federated: true), Federation(before), users: 12);

        guard.Verdict.ShouldBe(GuardVerdict.Holds);
        unit.Id.ToString().ShouldBe("domain/contoso.com");
        unit.Changes.ShouldHaveSingleItem().ShouldBe(new Change.SetFederatedMfa(new("f1", before, Image), FederationSettings.Reject, "cutOver"));
        string.Join(' ', unit.Findings.Select(static finding => finding.Code)).ShouldBe(findings);
        FindingCatalog.Of(unit.Findings[0]).Message(unit.Findings[0], reveal: false).ShouldContain("12 enabled users");
    }

    [Fact]
    public void A_domain_that_is_as_the_plan_wants_it_has_no_change()
    {
        var (unit, guard) = DomainPlanner.Forward(PlanOf(), Name, new(Name, Federated: true), Federation(FederationSettings.Reject), 1);

        guard.Verdict.ShouldBe(GuardVerdict.Holds);
        unit.Changes.ShouldBeEmpty();
        unit.Findings.ShouldHaveSingleItem().Code.ShouldBe(CutOverFindings.Stays.Code);
    }

    public static TheoryData<string, string, bool?, bool, string> Refused => new()
    {
        { "mfaToday: none", "", null, true, "is not in the tenant" },
        { "mfaToday: none", "", false, false, "is managed" },
        { "mfaToday: none, expect: managed", "", true, true, "expect says managed" },
        { "mfaToday: none", "", true, false, "Name the root" },
        { "mfaToday: mfaServer, evidence: CHG1", "to: enforceMfaByFederatedIdp", true, true, "dead server" },
        { "mfaToday: thirdParty", "to: enforceMfaByFederatedIdp", true, true, "no evidence" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_cannot_be_switched_is_refused_with_its_reason(string domain, string cutOver, bool? federated, bool has, string why)
    {
        var seen = federated is { } is_ ? new DirectoryDomain(Name, is_) : null;

        var (unit, guard) = DomainPlanner.Forward(PlanOf(domain, cutOver), Name, seen, has ? Federation(FederationSettings.Accept) : null, 1);

        (guard.Code, guard.Verdict).ShouldBe((CutOverGuards.DomainState.Code, GuardVerdict.Refuses));
        guard.Message.ShouldContain(why);
        unit.Changes.ShouldBeEmpty();
    }

    /// <summary>What was before, what is now, the plan; what is sent, or the code of the finding.</summary>
    public static TheoryData<string?, string?, string, string, string> Ways => new()
    {
        { FederationSettings.Accept, FederationSettings.Reject, "mfaToday: mfaServer", "", FederationSettings.Accept },
        { FederationSettings.Enforce, FederationSettings.Reject, "mfaToday: mfaServer, evidence: CHG1", "", "MFP3191" },
        { FederationSettings.Enforce, FederationSettings.Reject, "mfaToday: thirdParty", "", "MFP3191" },
        { FederationSettings.Enforce, FederationSettings.Reject, "mfaToday: none, evidence: CHG1", "", "MFP3191" },
        { FederationSettings.Enforce, FederationSettings.Reject, "mfaToday: thirdParty, evidence: CHG1", "", FederationSettings.Enforce },
        { null, FederationSettings.Reject, "mfaToday: none", "", "MFP3191" },
        { null, FederationSettings.Reject, "mfaToday: none", "neverSet: refuse", "MFP3191" },
        { null, FederationSettings.Reject, "mfaToday: none", "neverSet: accept", FederationSettings.Accept + " MFP3191" },
        { FederationSettings.Accept, FederationSettings.Enforce, "mfaToday: none", "", "MFP3060" }, // somebody set another one since
        { FederationSettings.Accept, FederationSettings.Accept, "mfaToday: none", "", "MFP3195" }, // somebody went back by hand
    };

    [Theory]
    [MemberData(nameof(Ways))]
    public void The_way_back_restores_what_was_where_it_still_is_as_written_or_says_why_not(string? before, string? now, string domain, string cutOver, string comes)
    {
        var done = new Unit(DomainPlanner.IdOf(Name), StageId.CutOver, [new Change.SetFederatedMfa(Federation(before), FederationSettings.Reject, "cutOver")], []);

        var back = DomainPlanner.Back(PlanOf(domain, cutOver), done, Federation(now));

        string.Join(' ', back.Changes.Cast<Change.SetFederatedMfa>().Select(static change => change.After)
            .Concat(back.Findings.Select(static finding => finding.Code))).ShouldBe(comes);
        back.Changes.Cast<Change.SetFederatedMfa>().ShouldAllBe(static change => change.Before.MfaBehavior == FederationSettings.Reject);
    }

    [Fact]
    public void A_federation_that_is_gone_or_another_is_left_alone()
    {
        var done = new Unit(
            DomainPlanner.IdOf(Name), StageId.CutOver, [new Change.SetFederatedMfa(Federation(FederationSettings.Accept), FederationSettings.Reject, "cutOver")], []);

        foreach (var now in (FederationSettings?[])[null, Federation(FederationSettings.Reject, id: "f2")])
        {
            var back = DomainPlanner.Back(PlanOf(), done, now);

            back.Changes.ShouldBeEmpty();
            back.Findings.ShouldHaveSingleItem().Code.ShouldBe(FindingCatalog.ChangedSince.Code);
        }
    }

    [Fact]
    public void One_domain_that_cannot_go_back_does_not_hold_the_other_up()
    {
        Unit stuck = new(DomainPlanner.IdOf("a.com"), StageId.CutOver, [], [CutOverFindings.NoWayBack.Found()]);
        Unit back = new(
            DomainPlanner.IdOf("b.com"), StageId.CutOver, [new Change.SetFederatedMfa(Federation(FederationSettings.Reject), FederationSettings.Accept, "undo")], []);

        Word([stuck, back]).ShouldBe(GuardVerdict.Holds);
        Word([stuck]).ShouldBe(GuardVerdict.Refuses);
        Word([back]).ShouldBe(GuardVerdict.Holds);

        static GuardVerdict Word(Unit[] units) => CutOverGuards.JudgeBack(
                PlanOf(), Totals.None with { Changed = units.Count(static unit => !unit.Changes.IsEmpty) }, units, [])
            .Single(static guard => guard.Code == CutOverGuards.NoWayBack.Code).Verdict;
    }
}
