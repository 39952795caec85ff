using MfaPlan.Core.Guards;
using MfaPlan.Core.Plans;
using MfaPlan.Core.Privacy;
using MfaPlan.Core.Proofs;
using MfaPlan.Core.Tenants;
using MfaPlan.Core.Tenants.Access;
using MfaPlan.Core.Text;
using MfaPlan.Engine.Previewing;
using Microsoft.Extensions.Time.Testing;

namespace MfaPlan.Engine.Tests.Previewing;

public sealed class MoveContextTests
{
    private static readonly DateTimeOffset Now = new(2026, 12, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly DirectoryUser User = new(
        new Guid(1, 0, 0, new byte[8]), new PersonalName("alice@contoso.com"), Enabled: true, Guest: false, Synced: true, null, null, null);

    private static readonly AccessPolicy MfaForAll = new("c1", "MFA for all", AccessState.Enabled)
    {
        Include = AccessUsers.Everybody,
        Resources = AccessResources.All,
        Controls = new("OR", ["mfa"], 0, null),
    };

    private static async Task<(MoveContext Move, UserProof Proof, TenantView View)> ReadAsync(string protect)
    {
        var plan = PlanReader.Read(new SourceText("plan.yaml", $$"""
            apiVersion: mfaplan/v1
            kind: MigrationPlan
            metadata: { name: test }
            tenant: { id: 11111111-2222-4333-8444-555555555555 }
            source: { mfaServer: { users: users.csv, asOf: 2024-09-27 } }
            migrate: { groups: [MFA-Migrate-All] }
            protect: { {{protect}} }
            """)).Value.ShouldNotBeNull();
        var tenant = new FakeTenant(new FakeTimeProvider(Now)) { Access = new Observed<AccessView>.Seen(new AccessView([MfaForAll]), Now) };
        var phone = new UserMethods(MethodParts.Methods) { Mobile = new PhoneNumber("+1 2065550101") };
        tenant.Add(User, phone);
        var view = await new TenantViewReader(tenant).ReadAsync(plan, CancellationToken.None);
        var move = await new MoveContextReader(tenant).ReadAsync(plan, view.Administrators, FakeTenant.AllAllowed, Now, CancellationToken.None);
        var proof = move.Proof.Judge(new ProofUser(User, view.OnFederatedDomain(User)), new Observed<UserMethods>.Seen(phone, Now), null);
        return (move, proof, view);
    }

    [Fact]
    public async Task Members_of_an_accepted_group_may_be_moved_with_phones_alone()
    {
        var (move, proof, view) = await ReadAsync("phoneOnly: { accept: [MFA-Migrate-All], until: 2027-01-15 }");

        (proof.Lockout, proof.Holds, view.OnFederatedDomain(User)).ShouldBe((LockoutVerdict.PhoneOnlyAccepted, true, true));
        move.Routing.LeftOut(User).ShouldBeNull();
        move.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_group_that_is_not_there_is_a_problem_and_accepts_nobody()
    {
        var (move, proof, _) = await ReadAsync("phoneOnly: { accept: [MFA-Migrate-All, Gone], until: 2027-01-15 }");

        move.Problems.Select(static problem => (problem.Code, problem.Verdict)).ShouldBe([("MFP3100", GuardVerdict.Refuses)]);
        (proof.Lockout, proof.IsUnknown).ShouldBe((LockoutVerdict.Unknown, true));
    }

    [Fact]
    public async Task Members_of_a_protected_group_are_left_out()
    {
        var (move, _, _) = await ReadAsync("neverRoute: [MFA-Migrate-All]");

        move.Routing.LeftOut(User)!.Values.Single().Text.ShouldBe("it is in MFA-Migrate-All, named in protect.neverRoute");
    }

    [Theory]
    [InlineData("guest@contoso.com", true, true, "guest")]
    [InlineData("off@contoso.com", false, false, "disabled")]
    public async Task Kinds_that_the_plan_does_not_include_are_left_out(string name, bool guest, bool enabled, string why)
    {
        var (move, _, _) = await ReadAsync("neverWrite: []");
        var account = User with { PrincipalName = new PersonalName(name), Guest = guest, Enabled = enabled };

        move.Routing.LeftOut(account)!.Values.Single().Text.ShouldContain(why);
    }
}
