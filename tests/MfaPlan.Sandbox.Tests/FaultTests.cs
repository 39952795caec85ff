using Microsoft.Extensions.Time.Testing;

namespace MfaPlan.Sandbox.Tests;

public sealed class FaultTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    private static string With(string faults) => Tenants.Small($$""", "faults": { {{faults}} }""");

    private static async Task<List<int>> StatusOfAsync(string tenant)
    {
        await using var sandbox = await Sandbox.StartAsync(tenant);
        var status = new List<int>();
        for (var i = 0; i < 60; i++)
        {
            status.Add((await sandbox.GetAsync("v1.0/users/" + Tenants.Ann)).Status);
        }

        return status;
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_faults_and_another_gives_others()
    {
        const string Rates = "\"throttleRate\": 0.2, \"serverErrorRate\": 0.2, \"seed\": ";

        var first = await StatusOfAsync(With(Rates + "1"));
        var again = await StatusOfAsync(With(Rates + "1"));
        var other = await StatusOfAsync(With(Rates + "2"));

        again.ShouldBe(first);
        other.ShouldNotBe(first);
        first.Distinct().Order().ShouldBe([200, 429, 503]);
    }

    [Fact]
    public async Task A_throttled_request_says_how_long_to_wait_and_coming_early_is_counted()
    {
        var time = new FakeTimeProvider(Start);
        await using var sandbox = await Sandbox.StartAsync(With("\"throttleRate\": 1, \"retryAfterSeconds\": 7"), time: time);

        var throttled = await sandbox.GetAsync("v1.0/users/" + Tenants.Ann);
        time.Advance(TimeSpan.FromSeconds(3));
        await sandbox.GetAsync("v1.0/users/" + Tenants.Ann);
        time.Advance(TimeSpan.FromSeconds(7));
        await sandbox.GetAsync("v1.0/users/" + Tenants.Ann);

        throttled.ShouldBe(429);
        throttled.Headers["Retry-After"].ShouldBe("7");
        ((string?)throttled.Json!["error"]!["innerError"]!["code"]).ShouldBe("429");
        sandbox.Server.Counters.SentBeforeRetryAfter.ShouldBe(1);
        sandbox.Server.Counters.Throttled.ShouldBe(3);
    }

    [Fact]
    public async Task A_server_error_has_no_effect()
    {
        await using var sandbox = await Sandbox.StartAsync(With("\"serverErrorRate\": 1"));

        var reply = await sandbox.PostAsync(Tenants.User(Tenants.Ann) + "/phoneMethods", Tenants.Phone("mobile", "+1 2065550100"));

        reply.ShouldBe(503);
        sandbox.Server.ShowTenant().ShouldNotContain("2065550100");
        sandbox.Server.Counters.Writes.ShouldBe(0);
    }

    [Fact]
    public async Task A_dropped_write_has_its_effect_and_no_answer()
    {
        await using var sandbox = await Sandbox.StartAsync(With("\"dropAfterWriteRate\": 1"), isRecorded: true);

        await Should.ThrowAsync<HttpRequestException>(() =>
            sandbox.PostAsync(Tenants.User(Tenants.Ann) + "/phoneMethods", Tenants.Phone("mobile", "+1 2065550100")));

        sandbox.Server.ShowTenant().ShouldContain("2065550100");
        sandbox.Server.Counters.Dropped.ShouldBe(1);
        (await File.ReadAllTextAsync(sandbox.RecordFile, Sandbox.Cancelled)).ShouldContain("\"status\":0");
    }

    [Fact]
    public async Task A_dropped_item_of_a_batch_is_504_after_its_effect()
    {
        await using var sandbox = await Sandbox.StartAsync(With("\"dropAfterWriteRate\": 1"));

        var reply = await sandbox.PostAsync("v1.0/$batch", $$"""
            { "requests": [ { "id": "1", "method": "POST", "url": "/users/{{Tenants.Ann}}/authentication/phoneMethods",
              "headers": { "Content-Type": "application/json" }, "body": {{Tenants.Phone("mobile", "+1 2065550100")}} } ] }
            """);

        ((int?)reply.Json!["responses"]![0]!["status"]).ShouldBe(504);
        sandbox.Server.ShowTenant().ShouldContain("2065550100");
    }

    [Fact]
    public async Task A_throttled_item_of_a_batch_has_its_own_wait()
    {
        await using var sandbox = await Sandbox.StartAsync(With("\"throttleRate\": 1, \"retryAfterSeconds\": 4"));

        var reply = await sandbox.PostAsync("v1.0/$batch", """{ "requests": [ { "id": "1", "method": "GET", "url": "/users" } ] }""");

        reply.ShouldBe(200);
        ((int?)reply.Json!["responses"]![0]!["status"]).ShouldBe(429);
        ((string?)reply.Json["responses"]![0]!["headers"]!["Retry-After"]).ShouldBe("4");
    }

    [Fact]
    public async Task Reads_lag_behind_writes_and_writes_do_not()
    {
        var time = new FakeTimeProvider(Start);
        await using var sandbox = await Sandbox.StartAsync(With("\"replicationDelaySeconds\": 5"), time: time);
        var path = Tenants.User(Tenants.Ann) + "/phoneMethods";

        await sandbox.PostAsync(path, Tenants.Phone("mobile", "+1 2065550100"));
        var early = await sandbox.GetAsync(path);
        var duplicate = await sandbox.PostAsync(path, Tenants.Phone("mobile", "+1 2065550100"));
        time.Advance(TimeSpan.FromSeconds(5));
        var late = await sandbox.GetAsync(path);

        early.Value.ShouldBeEmpty();
        duplicate.ShouldBe(400);
        late.Value.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Members_lag_behind_too()
    {
        var time = new FakeTimeProvider(Start);
        await using var sandbox = await Sandbox.StartAsync(With("\"replicationDelaySeconds\": 5"), time: time);
        await sandbox.PostAsync(
            Tenants.Group('2') + "/members/$ref",
            """{ "@odata.id": "https://x/v1.0/directoryObjects/00000000-0000-0000-0000-0000000000f5" }""");

        var early = await sandbox.AllAsync(Tenants.Group('1') + "/transitiveMembers");
        time.Advance(TimeSpan.FromSeconds(6));
        var late = await sandbox.AllAsync(Tenants.Group('1') + "/transitiveMembers");

        early.Count.ShouldBe(3);
        late.Count.ShouldBe(4);
    }
}
