using System.Collections.Immutable;
using CsCheck;
using MfaPlan.Core.Gates;
using MfaPlan.Core.Plans;

namespace MfaPlan.Core.Tests.Gates;

/// <summary>A wave with what a sign-in log has and people signed, as the judge meets it and with every row at hand.</summary>
public sealed record GateWorld(
    GateTerms Terms, int Users, double NowHours, (double FromHours, double UntilHours)? Coverage, ImmutableArray<SignInFact> Facts, ImmutableArray<GateAnswer> Answers)
{
    /// <summary>When the last user was routed.</summary>
    public static readonly DateTimeOffset Routed = new(2026, 10, 24, 22, 0, 0, TimeSpan.Zero);

    /// <summary>The tenant of all of them.</summary>
    public static readonly Guid Tenant = Guid.Parse("7f3c0000-0000-0000-0000-000000000001");

    /// <summary>Terms that ask nothing but what a test sets.</summary>
    public static readonly GateTerms Nothing = new(TimeSpan.Zero, TimeSpan.Zero, 0, null, null, null, [], 1, Inconclusive.Hold);

    private static readonly string[] Names = ["SMS", "Text message", "Voice", "Authenticator App", "OATH verification code", "Something new", "Password", "Previously satisfied", " "];

    private static Gen<SignInFact> Fact { get; } = Gen.Select(
        Gen.Int[0, 45], Gen.Double[-200, 200], Of(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 500121, 50074, 50076, 50126, 99999), Gen.Bool, Gen.Bool, Of(Names))
        .Select(static pick => new SignInFact(
            IdOf(pick.Item1), Routed.AddHours(pick.Item2), pick.Item3, pick.Item4 || pick.Item5, pick.Item5 || !pick.Item4,
            [new("Password", Succeeded: true), new(pick.Item6, Succeeded: pick.Item3 == 0)]));

    /// <summary>Terms of every kind.</summary>
    public static Gen<GateTerms> AnyTerms { get; } = Gen.Select(
        Gen.Select(Gen.Int[0, 10], Gen.Int[0, 30], Gen.Int[0, 12], Gen.Int[-60, 80]),
        Gen.Select(Gen.Int[-40, 60], Gen.Int[-3, 4], Gen.Int[1, 2], Of(Enum.GetValues<Attestation>()).Array[0, 2]))
        .Select(static pick => new GateTerms(
            TimeSpan.FromHours(pick.Item1.Item1), TimeSpan.FromHours(pick.Item1.Item2), pick.Item1.Item3, Maybe(pick.Item1.Item4), Maybe(pick.Item2.Item1),
            pick.Item2.Item2 < 0 ? null : pick.Item2.Item2, [.. pick.Item2.Item4.Distinct().Order()], pick.Item2.Item3, Inconclusive.Hold));

    /// <summary>Any wave; those that could open are frequent.</summary>
    public static Gen<GateWorld> Any { get; } =
        from terms in AnyTerms
        from users in Gen.OneOf(Gen.Int[1, 8], Gen.Int[30, 40])
        from now in Gen.Double[-10, 190]
        from covered in Gen.OneOf(Gen.Select(Gen.Double[-400, 60], Gen.Double[-30, 3]), Gen.Select(Gen.Double[-400, -200], Gen.Double[-2, 2]))
        from unread in Gen.Int[0, 9]
        from facts in Fact.Array[0, 300]
        from answers in Gen.Select(Gen.Int[0, 4], Gen.Int[0, 12], Gen.Int[0, 12])
        select new GateWorld(
            terms, users, now, unread == 0 ? null : (covered.Item1, now + covered.Item2), [.. facts],
            [.. terms.Attest.Select(question => new GateAnswer(question, answers.Item1, answers.Item2 == 0 ? 1 : 0, answers.Item3 == 0 ? 1 : 0))]);

    /// <summary>A failure at any time.</summary>
    public static Gen<SignInFact> Failure { get; } = Fact.Select(Of(500121, 50074, 99999, 53003), static (fact, code) => fact with { ErrorCode = code });

    /// <summary>When it is judged.</summary>
    public DateTimeOffset Now => Routed.AddHours(NowHours);

    /// <summary>Whom the wave has routed.</summary>
    public GateRouting Routing => new("3f9a1c2d", new('d', 64), new('b', 64), IsOpen: false, Routed.AddHours(-2), Routed, Users, new('e', 64));

    /// <summary>What is asked.</summary>
    public GateQuery Query => GateQuery.Of(
        Tenant, "2:wave/pilot", Terms, Now, Routing,
        Terms.AskSignIns && Coverage is { } span ? new(Routed.AddHours(span.FromHours), Routed.AddHours(span.UntilHours), "graph") : null);

    /// <summary>What is answered.</summary>
    public GateSample Sample => new(SignIns(), Answers);

    /// <summary>An object id that says its number.</summary>
    public static Guid IdOf(int number) => new(number, 0, 0, new byte[8]);

    /// <summary>A sign-in with a fresh MFA in the cloud.</summary>
    public static SignInFact Fresh(int user, double hours, string method = "SMS") =>
        new(IdOf(user), Routed.AddHours(hours), 0, AsksMfa: true, IsOfEntra: true, [new("Password", Succeeded: true), new(method, Succeeded: true)]);

    /// <summary>A sign-in that ended with a code.</summary>
    public static SignInFact Ended(int user, double hours, int code) => new(IdOf(user), Routed.AddHours(hours), code, AsksMfa: true, IsOfEntra: true, []);

    /// <summary>Judges.</summary>
    public GateDecision Judge() => GateJudge.Judge(Query, Sample);

    private SignInEvidence SignIns()
    {
        if (!Terms.AskSignIns)
        {
            return new SignInEvidence.NotAsked();
        }

        if (Query.Watched is not { } watched)
        {
            return new SignInEvidence.Unread("forbidden");
        }

        var tally = new SignInTally([.. Enumerable.Range(0, Users).Select(IdOf)], watched, Query.Baseline);
        foreach (var fact in Facts)
        {
            tally.Add(fact);
        }

        return tally.Build();
    }

    private static Gen<T> Of<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(at => values[at]);

    private static decimal? Maybe(int percent) => percent < 0 ? null : percent;
}
