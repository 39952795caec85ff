using System.Collections.Immutable;
using System.Text;
using CsCheck;
using MfaPlan.Core.Approvals;
using MfaPlan.Core.Diagnostics;
using MfaPlan.Core.Gates;
using MfaPlan.Core.Plans;

namespace MfaPlan.Core.Tests.Gates;

/// <summary>Which attestations count, what they come to, and how they are written.</summary>
public sealed class AttestationTests
{
    private static readonly DateTimeOffset Now = GateWorld.Routed.AddHours(30);

    private static readonly GateRouting Routing = new("3f9a1c2d", new('d', 64), new('b', 64), IsOpen: false, GateWorld.Routed, GateWorld.Routed, 3, new('e', 64));

    private static readonly AttestationDemand Demand = new(GateWorld.Tenant, "pilot", Routing, GateWorld.Routed.AddHours(24));

    private static readonly AttestationTerms Terms = new(
        GateWorld.Tenant, Routing.PlanDigest, "pilot", Routing.Run, Routing.Digest, Answers((Attestation.Push, true)), "tried", Now.AddHours(-1), "erin@contoso.com");

    public static TheoryData<string, SignedAttestation, DiagnosticDescriptor?> Table { get; } = new()
    {
        { "as asked", Signed(Terms), null },
        { "in the second of the effect", Signed(Terms with { At = Demand.Effective }), null },
        { "unreadable", new SignedAttestation.Unreadable("one", "it is cut off"), GateDiagnostics.Unreadable },
        { "broken", Signed(Terms, check: new SignatureCheck.Broken()), GateDiagnostics.Broken },
        { "a key nobody knows", Signed(Terms, check: new SignatureCheck.Good([], [])), GateDiagnostics.NotAllowed },
        { "a key of somebody else", Signed(Terms, check: new SignatureCheck.Good([], ["frank@contoso.com"])), GateDiagnostics.NotAllowed },
        { "another tenant", Signed(Terms with { Tenant = Guid.Empty }), GateDiagnostics.OfAnother },
        { "another wave", Signed(Terms with { Wave = "hq" }), GateDiagnostics.OfAnother },
        { "an earlier run", Signed(Terms with { Run = "00000000" }), GateDiagnostics.OfAnother },
        { "another change set", Signed(Terms with { Digest = new('a', 64) }), GateDiagnostics.OfAnother },
        { "another plan", Signed(Terms with { PlanDigest = new('a', 64) }), GateDiagnostics.OfAnother },
        { "before the effect", Signed(Terms with { At = Demand.Effective.AddSeconds(-2) }), GateDiagnostics.WrongTime },
        { "from a clock a little ahead", Signed(Terms with { At = Now.AddMinutes(5) }), null },
        { "from the future", Signed(Terms with { At = Now.AddMinutes(6) }), GateDiagnostics.WrongTime },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void Each_counts_or_says_why_not(string what, SignedAttestation attestation, DiagnosticDescriptor? flaw) =>
        AttestationJudge.Judge(Demand, [attestation], Now)[0].Flaw.ShouldBe(flaw, what);

    [Fact]
    public void The_newest_answer_of_a_person_counts_and_of_two_at_once_the_no()
    {
        AnswerOf(Signed(Terms), Signed(Say(no: true, minutes: 1))).ShouldBe((0, 1));
        AnswerOf(Signed(Say(no: true, minutes: 0)), Signed(Say(no: false, minutes: 1))).ShouldBe((1, 0));
        AnswerOf(Signed(Terms), Signed(Say(no: true, minutes: 0))).ShouldBe((0, 1));
        AnswerOf(Signed(Say(no: true, minutes: 1)), Signed(Terms), Signed(Terms)).ShouldBe((0, 1), "a replayed yes");
    }

    [Fact]
    public void Two_keys_of_one_person_and_two_names_of_one_key_are_one()
    {
        AnswerOf(Signed(Terms, key: "one"), Signed(Terms with { Signer = "ERIN@contoso.com" }, key: "two")).ShouldBe((1, 0));
        AnswerOf(Signed(Terms, key: "one"), Signed(Terms with { Signer = "frank@contoso.com" }, key: "one")).ShouldBe((1, 0));
        AnswerOf(Signed(Terms, key: "one"), Signed(Terms with { Signer = "frank@contoso.com" }, key: "two")).ShouldBe((2, 0));
        AnswerOf(Signed(Terms, key: "one"), Signed(Say(no: true, minutes: 0) with { Signer = "frank@contoso.com" }, key: "one")).ShouldBe((1, 1));
    }

    [Fact]
    public void What_does_not_count_answers_nothing_and_what_cannot_be_read_is_told()
    {
        AnswerOf(Signed(Terms with { Wave = "hq" })).ShouldBe((0, 0));
        var opinions = AttestationJudge.Judge(Demand, [Signed(Terms), Signed(Terms, check: new SignatureCheck.Broken()), new SignedAttestation.Unreadable("x", "it is gone")], Now);
        AttestationJudge.Answers([Attestation.Push], opinions).ShouldBe([new GateAnswer(Attestation.Push, 1, 0, 2)]);
    }

    [Fact]
    public void The_document_is_one_line_and_reads_back()
    {
        var bytes = AttestationText.Write(Terms with { Answers = Answers((Attestation.Push, false), (Attestation.SeesMethods, true)), Note = "calls: \"no\"" });

        Encoding.UTF8.GetString(bytes).ShouldBe(
            $$"""{"format":1,"attests":"wave","tenant":"{{GateWorld.Tenant}}","plan":"{{Routing.PlanDigest}}","wave":"pilot","run":"3f9a1c2d","digest":"{{Routing.Digest}}","answers":{"seesMethods":"yes","push":"no"},"note":"calls: \"no\"","at":"2026-10-26T03:00:00Z","signer":"erin@contoso.com"}"""
            + "\n");
        AttestationText.Write(AttestationText.Read(bytes)).ShouldBe(bytes);
    }

    [Fact]
    public void No_other_bytes_mean_the_same()
    {
        var bytes = AttestationText.Write(Terms);

        Gen.Select(Gen.Int[0, bytes.Length - 1], Gen.Byte).Sample((at, with) =>
        {
            var changed = bytes.ToArray();
            changed[at] = with;
            try
            {
                return AttestationText.Read(changed) != Terms || with == bytes[at];
            }
            catch (FormatException)
            {
                return true;
            }
        });
    }

    [Fact]
    public void An_approval_is_no_attestation()
    {
        var approval = ApprovalText.Write(new ApprovalTerms.ForChangeSet(GateWorld.Tenant, new('b', 64), new('d', 64), Now, "erin@contoso.com"));

        Should.Throw<FormatException>(() => AttestationText.Read(approval));
        Should.Throw<FormatException>(() => ApprovalText.Read(AttestationText.Write(Terms)));
    }

    private static AttestationTerms Say(bool no, int minutes) => Terms with { Answers = Answers((Attestation.Push, !no)), At = Terms.At.AddMinutes(minutes) };

    private static (int Yes, int No) AnswerOf(params SignedAttestation[] attestations)
    {
        var answer = AttestationJudge.Answers([Attestation.Push], AttestationJudge.Judge(Demand, attestations, Now)).ShouldHaveSingleItem();
        return (answer.Yes, answer.No);
    }

    private static SignedAttestation.Checked Signed(AttestationTerms terms, string key = "key", SignatureCheck? check = null) =>
        new("one", terms, key, check ?? new SignatureCheck.Good([terms.Signer], [terms.Signer]));

    private static ImmutableSortedDictionary<Attestation, bool> Answers(params (Attestation Question, bool Works)[] answers) =>
        answers.ToImmutableSortedDictionary(static answer => answer.Question, static answer => answer.Works);
}
