using System.Globalization;
using System.Text.Json;
using MfaPlan.Core.Gates;

namespace MfaPlan.Core.Tests.Gates;

/// <summary>graph-api's rule for a fresh MFA in the cloud, and the data files behind it.</summary>
public sealed class SignInRuleTests
{
    private static readonly SignInFact Good = GateWorld.Fresh(1, 0);

    [Fact]
    public void A_fresh_MFA_asks_for_more_than_one_factor_is_of_Entra_and_has_a_step_that_succeeded()
    {
        SignInRule.FreshMfa(Good).ShouldBe(SignInMethods.CallOrText);
        SignInRule.FreshMfa(Good with { AsksMfa = false }).ShouldBe(SignInMethods.None);
        SignInRule.FreshMfa(Good with { IsOfEntra = false }).ShouldBe(SignInMethods.None);
        SignInRule.FreshMfa(Good with { Steps = [new("SMS", Succeeded: false)] }).ShouldBe(SignInMethods.None);
        SignInRule.FreshMfa(Good with { Steps = [] }).ShouldBe(SignInMethods.None);
        SignInRule.FreshMfa(Good with { ErrorCode = 50140 }).ShouldBe(SignInMethods.CallOrText, "an interrupt after it");
        SignInRule.FreshMfa(Good with { ErrorCode = 500121 }).ShouldBe(SignInMethods.None);
        SignInRule.FreshMfa(Good with { ErrorCode = 53003 }).ShouldBe(SignInMethods.None, "blocked after it");
    }

    [Theory]
    [InlineData("Password", SignInMethods.None)]
    [InlineData("password ", SignInMethods.None)]
    [InlineData("Previously satisfied", SignInMethods.None)]
    [InlineData("Satisfied by token", SignInMethods.None)]
    [InlineData("Federated", SignInMethods.None)]
    [InlineData("", SignInMethods.None)]
    [InlineData("SMS", SignInMethods.CallOrText)]
    [InlineData("VOICE", SignInMethods.CallOrText)]
    [InlineData("Authenticator App", SignInMethods.Push)]
    [InlineData("Mobile app notification", SignInMethods.Push)]
    [InlineData("Software OATH token", SignInMethods.Code)]
    [InlineData("Whatever hardware tokens are called", SignInMethods.Unknown)]
    public void A_name_tells_the_method(string name, SignInMethods methods) =>
        SignInRule.FreshMfa(Good with { Steps = [new(name, Succeeded: true)] }).ShouldBe(methods);

    [Theory]
    [InlineData(0, SignInOutcome.Succeeded)]
    [InlineData(50076, SignInOutcome.Interrupted)]
    [InlineData(50072, SignInOutcome.Interrupted)]
    [InlineData(50126, SignInOutcome.NotOfMfa)]
    [InlineData(500121, SignInOutcome.Failed)]
    [InlineData(50074, SignInOutcome.Failed)]
    [InlineData(-1, SignInOutcome.Failed)]
    [InlineData(int.MaxValue, SignInOutcome.Failed)]
    public void A_code_tells_the_outcome_and_an_unknown_one_is_a_failure(int code, SignInOutcome outcome) => SignInRule.OutcomeOf(code).ShouldBe(outcome);

    [Fact]
    public void The_data_files_have_source_and_date_and_no_code_in_two_lists()
    {
        foreach (var name in (string[])["sign-in-codes.json", "sign-in-methods.json"])
        {
            using var stream = typeof(SignInRule).Assembly.GetManifestResourceStream(name);
            using var document = JsonDocument.Parse(stream.ShouldNotBeNull());
            document.RootElement.GetProperty("source").GetString()!.Length.ShouldBeGreaterThan(20);
            DateOnly.TryParseExact(document.RootElement.GetProperty("reviewed").GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _).ShouldBeTrue();
            var codes = document.RootElement.EnumerateObject().Where(static list => list.Value.ValueKind == JsonValueKind.Array && list.Name != "notFresh")
                .SelectMany(static list => list.Value.EnumerateArray().Select(static code => code.GetInt32())).ToList();
            codes.ShouldBe(codes.Distinct());
        }
    }

    [Fact]
    public void A_row_without_its_time_or_its_outcome_says_nothing()
    {
        var row = new SignInRow { UserId = GateWorld.IdOf(1).ToString(), CreatedDateTime = GateWorld.Routed, Status = new(0) };

        row.ToFact().ShouldNotBeNull();
        (row with { Status = null }).ToFact().ShouldBeNull();
        (row with { Status = new() }).ToFact().ShouldBeNull();
        (row with { CreatedDateTime = null }).ToFact().ShouldBeNull();
        (row with { UserId = "somebody" }).ToFact()!.Value.User.ShouldBe(Guid.Empty);
        (row with { SignInEventTypes = ["nonInteractiveUser"] }).IsInteractive.ShouldBeFalse();
        row.IsInteractive.ShouldBeTrue();
    }
}
