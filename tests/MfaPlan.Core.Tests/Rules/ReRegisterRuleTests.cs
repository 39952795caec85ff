using System.Collections.Immutable;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Guards;
using MfaPlan.Core.Plans;
using MfaPlan.Core.Privacy;
using MfaPlan.Core.Reports;
using MfaPlan.Core.Rules;
using MfaPlan.Core.Tenants;
using MfaPlan.Core.Tests.Planning;

namespace MfaPlan.Core.Tests.Rules;

public sealed class ReRegisterRuleTests
{
    private const string Again = "The mobile app cannot be brought over by any public interface: the user must register it again";

    private static readonly Guid Group = new(9, 0, 0, new byte[8]);

    private static MethodsPolicy Policy(CampaignState state, bool member = true, bool excluded = false, bool allowed = true) =>
        (allowed ? FakeTenant.AllAllowed : Cases.Policy(MethodKind.Sms)) with
        {
            Members = ImmutableDictionary<Guid, ImmutableHashSet<Guid>>.Empty.Add(Group, member ? [Cases.User] : []),
            Campaign = new RegistrationCampaign(
                state, 3, [new MethodTarget(Group, IsUser: false, UsableForSignIn: true) { Asks = RegistrationCampaign.Authenticator }],
                excluded ? [new MethodTarget(Cases.User, IsUser: true, UsableForSignIn: true)] : []),
        };

    private static string[] Say(ReRegister? plan, MethodsPolicy policy) =>
        [.. ReRegisterRule.Say(plan, Cases.User, policy).Select(static finding => FindingCatalog.Of(finding).Message(finding, reveal: false))];

    private static readonly ReRegister Asked = new() { Campaign = new Campaign { Group = "MFA-ReRegister" }, Deadline = new DateOnly(2027, 1, 15) };

    [Fact]
    public void Without_a_deadline_and_a_campaign_nothing_is_said_of_them() =>
        Say(null, FakeTenant.AllAllowed).ShouldBe([Again + "."]);

    [Fact]
    public void The_deadline_is_said_of_each_user() =>
        Say(new ReRegister { Deadline = new DateOnly(2027, 1, 15) }, FakeTenant.AllAllowed).ShouldBe([Again + " by 2027-01-15."]);

    [Fact]
    public void Whom_the_campaign_asks_it_is_said_of() =>
        Say(Asked, Policy(CampaignState.Enabled)).ShouldBe([Again + " by 2027-01-15; the registration campaign asks for it."]);

    [Theory]
    [InlineData(CampaignState.Disabled, true, false, true, "it is not switched on")]
    [InlineData(CampaignState.MicrosoftManaged, true, false, true, "it is not switched on")]
    [InlineData(CampaignState.Enabled, false, false, true, "the user is not in MFA-ReRegister")]
    [InlineData(CampaignState.Enabled, true, true, true, "it excludes the user")]
    [InlineData(CampaignState.Enabled, true, false, false, "the policy does not let the user have Microsoft Authenticator")]
    public void Whom_the_campaign_does_not_reach_would_never_be_asked(CampaignState state, bool member, bool excluded, bool allowed, string why) =>
        Say(Asked, Policy(state, member, excluded, allowed)).ShouldBe([
            Again + " by 2027-01-15.",
            $"The registration campaign does not reach this user ({why}), who would never be asked. Mend that, or tell the user.",
        ]);

    [Fact]
    public void Whom_it_asks_for_another_method_it_does_not_ask_for_the_app()
    {
        var policy = Policy(CampaignState.Enabled);
        policy = policy with { Campaign = policy.Campaign! with { Include = [policy.Campaign.Include[0] with { Asks = "fido2" }] } };

        Say(Asked, policy)[1].ShouldContain("(it asks the user for another method)");
    }

    [Theory]
    [InlineData(null, null, "4 users must register the app again; no registration campaign asks for it, so tell them.")]
    [InlineData("2027-01-15", null, "4 users must register the app again by 2027-01-15; no registration campaign asks for it, so tell them.")]
    [InlineData("2027-01-15", "G", "4 users must register the app again by 2027-01-15; the registration campaign for G asks 3 of them, and 1 would never be asked.")]
    public void The_cohort_is_one_sentence(string? deadline, string? group, string sentence) =>
        new ReRegisterLine(4, deadline is null ? null : DateOnly.Parse(deadline, System.Globalization.CultureInfo.InvariantCulture), group, 1)
            .Sentence.ShouldBe(sentence);

    [Theory]
    [InlineData(ChangeSetPurpose.Apply, true, GuardVerdict.Refuses)]
    [InlineData(ChangeSetPurpose.Apply, false, GuardVerdict.Holds)]
    [InlineData(ChangeSetPurpose.Rollback, true, GuardVerdict.Holds)] // it takes the account out of the campaign
    public void A_break_glass_account_is_not_asked_to_register_an_app(ChangeSetPurpose purpose, bool inCampaign, GuardVerdict verdict)
    {
        var account = new BreakGlassAccount(
            Cases.User,
            new Observed<DirectoryUser?>.Seen(
                new DirectoryUser(Cases.User, new PersonalName("bg@contoso.onmicrosoft.com"), Enabled: true, Guest: false, Synced: false, null, null, null),
                DateTimeOffset.UnixEpoch),
            new Observed<UserMethods>.Seen(new UserMethods(MethodParts.Methods) { PhishingResistant = 1 }, DateTimeOffset.UnixEpoch),
            InScope: false,
            OnFederatedDomain: false)
        {
            InCampaign = inCampaign,
        };

        GuardJudge.JudgePolicy(Cases.Plan(), purpose, Totals.None, [account])[0].ShouldSatisfyAllConditions(
            guard => guard.Code.ShouldBe(GuardDiagnostics.BreakGlass.Code), guard => guard.Verdict.ShouldBe(verdict));
    }
}
