using Microsoft.Extensions.Time.Testing;

namespace MfaPlan.Sandbox.Tests;

public sealed class LimitTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    private static string With(string limits) => Tenants.Small($$""", "limits": { {{limits}} }""");

    [Fact]
    public async Task Writes_beyond_the_limit_wait_for_the_window_to_end()
    {
        var time = new FakeTimeProvider(Start);
        await using var sandbox = await Sandbox.StartAsync(With("\"writesPer150Seconds\": 5"), time: time);
        var path = Tenants.BetaUser(Tenants.Bob) + "/requirements";
        Reply? last = null;

        for (var i = 0; i < 5; i++)
        {
            last = await sandbox.PatchAsync(path, """{ "perUserMfaState": "enabled" }""");
        }

        time.Advance(TimeSpan.FromSeconds(50));
        var refused = await sandbox.PatchAsync(path, """{ "perUserMfaState": "enabled" }""");
        var read = await sandbox.GetAsync(path);
        time.Advance(TimeSpan.FromSeconds(100));
        var later = await sandbox.PatchAsync(path, """{ "perUserMfaState": "enabled" }""");

        last!.Headers["x-ms-throttle-limit-percentage"].ShouldBe("1.0");
        refused.ShouldBe(429);
        refused.Headers["Retry-After"].ShouldBe("100");
        refused.Headers["x-ms-throttle-information"].ShouldBe("WriteLimitExceeded");
        refused.Headers["x-ms-throttle-scope"].ShouldStartWith("Tenant_Application/Write/");
        read.ShouldBe(200);
        later.ShouldBe(204);
    }

    [Fact]
    public async Task A_time_factor_shortens_the_window()
    {
        var time = new FakeTimeProvider(Start);
        await using var sandbox = await Sandbox.StartAsync(
            With("\"writesPer150Seconds\": 1, \"timeFactor\": 60"),
            time: time);
        var path = Tenants.BetaUser(Tenants.Bob) + "/requirements";
        await sandbox.PatchAsync(path, """{ "perUserMfaState": "enabled" }""");

        var refused = await sandbox.PatchAsync(path, """{ "perUserMfaState": "enabled" }""");
        time.Advance(TimeSpan.FromSeconds(2.5));
        var later = await sandbox.PatchAsync(path, """{ "perUserMfaState": "enabled" }""");

        refused.Headers["Retry-After"].ShouldBe("3");
        later.ShouldBe(204);
    }

    [Theory]
    [InlineData("v1.0/users", "2")]
    [InlineData("v1.0/users?$select=id", "1")]
    [InlineData("v1.0/groups/00000000-0000-0000-0000-0000000000f1/transitiveMembers", "5")]
    [InlineData("v1.0/groups/00000000-0000-0000-0000-0000000000f1/members?$select=id&$top=5", "1")]
    public async Task A_request_costs_its_resource_units(string path, string units)
    {
        await using var sandbox = await Sandbox.StartAsync(With("\"resourceUnitsPer10Seconds\": 100"));

        (await sandbox.GetAsync(path)).Headers["x-ms-resource-unit"].ShouldBe(units);
    }

    [Fact]
    public async Task Coming_back_to_a_full_budget_too_early_is_counted_and_in_time_is_not()
    {
        var time = new FakeTimeProvider(Start);
        await using var sandbox = await Sandbox.StartAsync(With("\"reportsPer10Seconds\": 1"), time: time);
        const string Path = "v1.0/auditLogs/signIns";
        await sandbox.GetAsync(Path);
        await sandbox.GetAsync(Path);

        // Under way when the refusal was sent: no reproach.
        time.Advance(TimeSpan.FromMilliseconds(100));
        await sandbox.GetAsync("v1.0/auditLogs/directoryAudits");
        var underWay = sandbox.Server.Counters.SentBeforeRetryAfter;
        time.Advance(TimeSpan.FromSeconds(2));
        await sandbox.GetAsync("v1.0/auditLogs/directoryAudits");
        var early = sandbox.Server.Counters.SentBeforeRetryAfter;
        time.Advance(TimeSpan.FromSeconds(10));
        await sandbox.GetAsync(Path);

        underWay.ShouldBe(0);
        early.ShouldBe(1);
        sandbox.Server.Counters.SentBeforeRetryAfter.ShouldBe(1);
    }

    [Fact]
    public async Task Reports_have_a_budget_of_their_own()
    {
        await using var sandbox = await Sandbox.StartAsync(
            With("\"reportsPer10Seconds\": 1"),
            time: new FakeTimeProvider(Start));

        var first = await sandbox.GetAsync("v1.0/auditLogs/signIns");
        var second = await sandbox.GetAsync("v1.0/reports/authenticationMethods/userRegistrationDetails");
        var users = await sandbox.GetAsync("v1.0/users");

        first.ShouldBe(200);
        second.ShouldBe(429);
        users.ShouldBe(200);
    }

    [Fact]
    public async Task Conditional_access_is_throttled_without_a_word_about_when_to_come_back()
    {
        await using var sandbox = await Sandbox.StartAsync(
            With("\"conditionalAccessPerSecond\": 1"),
            time: new FakeTimeProvider(Start));

        await sandbox.GetAsync("beta/identity/conditionalAccess/policies");
        var second = await sandbox.GetAsync("v1.0/identity/conditionalAccess/namedLocations");

        second.ShouldBe(429);
        second.Headers.ShouldNotContainKey("Retry-After");
    }
}
