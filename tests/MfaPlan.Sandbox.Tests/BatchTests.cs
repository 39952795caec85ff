namespace MfaPlan.Sandbox.Tests;

public sealed class BatchTests
{
    [Fact]
    public async Task Each_item_is_answered_by_its_id()
    {
        await using var sandbox = await Sandbox.StartAsync(Tenants.Small());

        var reply = await sandbox.PostAsync("v1.0/$batch", $$"""
            { "requests": [
              { "id": "a", "method": "GET", "url": "/users/{{Tenants.Bob}}/authentication/methods" },
              { "id": "b", "method": "GET", "url": "/users/nobody" },
              { "id": "c", "method": "GET", "url": "/users/{{Tenants.Bob}}/authentication/signInPreferences" },
              { "id": "d", "method": "POST", "url": "/users/{{Tenants.Ann}}/authentication/phoneMethods",
                "headers": { "Content-Type": "application/json" }, "body": { "phoneType": "mobile", "phoneNumber": "+1 2065550100" } } ] }
            """);

        reply.ShouldBe(200);
        var status = reply.Json!["responses"]!.AsArray().ToDictionary(
            static item => (string)item!["id"]!,
            static item => (int)item!["status"]!,
            StringComparer.Ordinal);
        status.ShouldBe(new Dictionary<string, int>(StringComparer.Ordinal) { ["a"] = 200, ["b"] = 404, ["c"] = 405, ["d"] = 201 }, ignoreOrder: true);
        sandbox.Server.Counters.BatchParts.ShouldBe(4);
        sandbox.Server.Counters.Requests.ShouldBe(1);
    }

    [Fact]
    public async Task What_depends_on_a_failure_is_424()
    {
        await using var sandbox = await Sandbox.StartAsync(Tenants.Small());

        var reply = await sandbox.PostAsync("v1.0/$batch", """
            { "requests": [
              { "id": "2", "method": "GET", "url": "/users/ann@contoso.com", "dependsOn": [ "1" ] },
              { "id": "1", "method": "GET", "url": "/users/nobody" } ] }
            """);

        reply.Json!["responses"]!.AsArray()
            .Single(static item => (string?)item!["id"] == "2")!["status"]!.GetValue<int>().ShouldBe(424);
    }

    [Theory]
    [InlineData("""{ }""")]
    [InlineData("""{ "requests": [ { "id": "1", "method": "GET", "url": "/users" }, { "id": "1", "method": "GET", "url": "/users" } ] }""")]
    [InlineData("""{ "requests": [ { "id": "1", "method": "GET", "url": "/users", "dependsOn": [ "1" ] } ] }""")]
    [InlineData("""{ "requests": [ { "id": "1", "method": "PATCH", "url": "/groups/x", "body": { } } ] }""")]
    public async Task A_malformed_batch_is_refused_whole(string body)
    {
        await using var sandbox = await Sandbox.StartAsync(Tenants.Small());

        (await sandbox.PostAsync("v1.0/$batch", body)).ShouldBe(400);
    }

    [Fact]
    public async Task Twenty_one_items_are_too_many()
    {
        await using var sandbox = await Sandbox.StartAsync(Tenants.Small());
        var items = Enumerable.Range(0, 21).Select(static i => $$"""{ "id": "{{i}}", "method": "GET", "url": "/users" }""");

        (await sandbox.PostAsync("v1.0/$batch", $$"""{ "requests": [ {{string.Join(',', items)}} ] }""")).ShouldBe(400);
    }
}
