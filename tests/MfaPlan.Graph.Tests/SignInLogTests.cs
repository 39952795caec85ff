using System.Text.RegularExpressions;
using MfaPlan.Core.Gates;
using MfaPlan.Core.Tenants;

namespace MfaPlan.Graph.Tests;

/// <summary>The sign-in log, live: what is asked, how it is paged, and what a failure of the read comes to.</summary>
public sealed partial class SignInLogTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 10, 0, 0, TimeSpan.Zero);
    private static readonly GateWindow Span = new(Start.AddMilliseconds(500), Start.AddHours(1).AddMilliseconds(500));

    [Fact]
    public async Task Few_users_are_asked_for_one_by_one_with_the_columns_that_are_used_alone()
    {
        await using var world = new World(static _ => Answer.Ok($$"""{"value":[{{Row(1)}}]}"""));

        var (read, facts) = await ReadAsync(world, [World.Id(2), World.Id(1)]);

        read.ShouldBeSeen().ShouldBe(2);
        facts.Count.ShouldBe(2);
        facts[0].ShouldSatisfyAllConditions(
            static fact => (fact.User, fact.At, fact.ErrorCode, fact.AsksMfa, fact.IsOfEntra).ShouldBe((World.Id(1), Start.AddMinutes(5), 50074, true, true)),
            static fact => fact.Steps.ShouldBe([new("Password", Succeeded: true), new("SMS", Succeeded: false)]));
        world.Graph.Requests.Select(static asked => User().Match(asked.Query).Value).ShouldBe([World.Id(1).ToString(), World.Id(2).ToString()]);
        world.Graph.Requests.ShouldAllBe(static asked => asked.Path == "/beta/auditLogs/signIns"
            && asked.Query.Contains("createdDateTime ge 2026-03-01T10:00:00Z and createdDateTime le 2026-03-01T11:00:01Z", StringComparison.Ordinal)
            && asked.Query.Contains("$select=userId,createdDateTime,status,authenticationRequirement,authenticationDetails,tokenIssuerType&", StringComparison.Ordinal)
            && asked.Query.EndsWith("$top=1000", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Of_many_users_the_whole_log_is_read_page_by_page()
    {
        await using var world = new World(static asked => asked.Query.Contains("page=2", StringComparison.Ordinal)
            ? Answer.Ok($$"""{"value":[{{Row(3)}}]}""")
            : Answer.Ok($$"""{"value":[{{Row(1)}},{{Row(2)}}],"@odata.nextLink":"http://127.0.0.1:5005/beta/auditLogs/signIns?page=2"}"""));

        var (read, facts) = await ReadAsync(world, [.. Enumerable.Range(0, 301).Select(World.Id)]);

        read.ShouldBeSeen().ShouldBe(3);
        facts.Select(static fact => fact.User).ShouldBe([World.Id(1), World.Id(2), World.Id(3)]);
        world.Graph.Requests.Count.ShouldBe(2);
        world.Graph.Requests[0].Query.ShouldNotContain("userId eq");
    }

    [Fact]
    public async Task A_429_waits_as_long_as_it_says_and_the_pace_is_a_request_in_two_seconds()
    {
        var asked = 0;
        await using var world = new World(_ => ++asked == 2
            ? Answer.Throttle("17")
            : Answer.Ok($$"""{"value":[{{Row(1)}}]}"""));
        var begun = world.Time.GetUtcNow();

        var (read, _) = await ReadAsync(world, [World.Id(1), World.Id(2), World.Id(3)]);

        read.ShouldBeSeen().ShouldBe(3);
        asked.ShouldBe(4);
        (world.Time.GetUtcNow() - begun).ShouldBeInRange(TimeSpan.FromSeconds(19), TimeSpan.FromSeconds(40));
    }

    [Theory]
    [InlineData(403, "Authentication_RequestFromNonPremiumTenantOrB2CTenant")]
    [InlineData(400, "BadRequest")]
    public async Task A_log_without_leave_to_read_is_unknown_and_not_empty(int status, string code)
    {
        await using var world = new World(_ => Answer.Error(status, code));

        (await ReadAsync(world, [World.Id(1)])).Read.ShouldBeUnknown().ShouldBe(code);
    }

    [Theory]
    [InlineData("""{"value":[{"userId":"x","createdDateTime":"2026-03-01T10:05:00Z"}]}""")]
    [InlineData("""{"value":[{"userId":"x","status":{"errorCode":0}}]}""")]
    [InlineData("""{"value":[{"userId":"x","createdDateTime":"yesterday","status":{"errorCode":0}}]}""")]
    [InlineData("""{"value":[""")]
    [InlineData("""{}""")]
    public async Task A_row_that_does_not_say_when_or_how_makes_the_whole_read_unknown(string body)
    {
        await using var world = new World(_ => Answer.Ok(body));

        (await ReadAsync(world, [World.Id(1)])).Read.ShouldBeUnknown().ShouldBe("InvalidAnswer");
    }

    [Fact]
    public async Task It_covers_a_month_until_now()
    {
        await using var world = new World(static _ => Answer.Error(500, "never asked"));

        var coverage = (await world.Tenant.SignIns.CoverAsync(Start, World.None)).ShouldBeSeen();

        coverage.ShouldBe(new SignInCoverage(Start.AddDays(-30), Start, "graph"));
        world.Graph.Requests.ShouldBeEmpty();
    }

    private static string Row(int user) => $$"""
        {"userId":"{{World.Id(user)}}","createdDateTime":"2026-03-01T10:05:00Z","status":{"errorCode":50074,"failureReason":"x"},
         "authenticationRequirement":"multiFactorAuthentication","tokenIssuerType":"AzureAD",
         "authenticationDetails":[{"authenticationMethod":"Password","succeeded":true},{"authenticationMethod":"SMS","succeeded":false}]}
        """;

    private static async Task<(Observed<long> Read, List<SignInFact> Facts)> ReadAsync(World world, Guid[] users)
    {
        var facts = new List<SignInFact>();
        var read = await world.RunAsync(tenant => tenant.SignIns.ReadAsync(Span, users, facts.Add, World.None));
        return (read, facts);
    }

    [GeneratedRegex("(?<=userId eq ')[^']+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex User();
}
