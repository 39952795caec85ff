using System.Text.Json.Nodes;

namespace MfaPlan.Sandbox.Tests;

public sealed class StateTests
{
    [Fact]
    public async Task An_answered_write_survives_a_kill()
    {
        await using var sandbox = await Sandbox.StartAsync(Tenants.Small(), hasState: true);
        await sandbox.PostAsync(Tenants.User(Tenants.Ann) + "/phoneMethods", Tenants.Phone("mobile", "+1 2065550100"));
        await sandbox.PostAsync(Tenants.Group('5') + "/members/$ref", $$"""{ "@odata.id": "https://x/v1.0/directoryObjects/{{Tenants.Ann}}" }""");
        var copy = Path.Combine(sandbox.Folder, "copy.json");
        File.Copy(sandbox.StateFile, copy);
        File.Copy(sandbox.StateFile + ".wal", copy + ".wal");

        await using var next = await sandbox.StartOnStateAsync(copy);

        next.ShowTenant().ShouldBe(sandbox.Server.ShowTenant());
        next.ShowTenant().ShouldContain("+1 2065550100");
        (await File.ReadAllTextAsync(copy, Sandbox.Cancelled)).ShouldBe(next.ShowTenant());
    }

    [Fact]
    public async Task A_torn_last_line_is_left_out()
    {
        await using var sandbox = await Sandbox.StartAsync(Tenants.Small(), hasState: true);
        var before = sandbox.Server.ShowTenant();
        var copy = Path.Combine(sandbox.Folder, "copy.json");
        File.Copy(sandbox.StateFile, copy);
        await File.WriteAllTextAsync(copy + ".wal", """{"changes":[{"kind":"auth""", Sandbox.Cancelled);

        await using var next = await sandbox.StartOnStateAsync(copy);

        next.ShowTenant().ShouldBe(before);
    }

    [Fact]
    public async Task A_save_holds_everything_and_empties_the_write_ahead_file()
    {
        await using var sandbox = await Sandbox.StartAsync(Tenants.Small(), hasState: true);
        await sandbox.PostAsync(Tenants.User(Tenants.Ann) + "/phoneMethods", Tenants.Phone("mobile", "+1 2065550100"));

        await sandbox.Server.SaveAsync(Sandbox.Cancelled);

        (await File.ReadAllTextAsync(sandbox.StateFile, Sandbox.Cancelled)).ShouldBe(sandbox.Server.ShowTenant());
        new FileInfo(sandbox.StateFile + ".wal").Length.ShouldBe(0);
    }

    [Fact]
    public async Task The_clock_is_advanced_by_a_request_and_without_a_server()
    {
        await using var sandbox = await Sandbox.StartAsync(Tenants.Small(), hasState: true);
        var before = (DateTimeOffset)(await sandbox.GetAsync("sandbox/clock")).Json!["utcNow"]!;

        var advanced = await sandbox.PostAsync("sandbox/clock/advance", """{ "by": "24:00:00" }""");
        await sandbox.Server.DisposeAsync();
        SandboxTenantFile.Advance(sandbox.TenantFile, sandbox.StateFile, TimeSpan.FromHours(2));

        ((DateTimeOffset)advanced.Json!["utcNow"]! - before).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromHours(24));
        var shown = JsonNode.Parse(SandboxTenantFile.Show(sandbox.TenantFile, sandbox.StateFile));
        ((string?)shown!["sandbox"]!["clockOffset"]).ShouldBe("1.02:00:00");
    }

    [Fact]
    public async Task After_a_reset_the_tenant_starts_from_its_file_again()
    {
        await using var sandbox = await Sandbox.StartAsync(Tenants.Small(), hasState: true);
        var before = sandbox.Server.ShowTenant();
        await sandbox.PostAsync(Tenants.User(Tenants.Ann) + "/phoneMethods", Tenants.Phone("mobile", "+1 2065550100"));
        await sandbox.Server.DisposeAsync();

        SandboxTenantFile.Reset(sandbox.StateFile);

        SandboxTenantFile.Show(sandbox.TenantFile, sandbox.StateFile).ShouldBe(before);
        System.IO.Directory.GetFiles(sandbox.Folder).ShouldBe([sandbox.TenantFile]);
    }

    [Fact]
    public async Task A_request_that_waits_does_not_keep_the_sandbox_from_stopping()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        await using var sandbox = await Sandbox.StartAsync(
            Tenants.Small(""", "faults": { "latencyMilliseconds": 1000 }"""),
            time: time);
        var waiting = sandbox.GetAsync("v1.0/users");

        await sandbox.Server.DisposeAsync();

        await Should.ThrowAsync<HttpRequestException>(() => waiting);
    }

    [Theory]
    [InlineData("PT36H")]
    [InlineData("1.12:00:00")]
    [InlineData("36:00:00")]
    public async Task A_duration_may_be_said_in_three_ways(string by)
    {
        await using var sandbox = await Sandbox.StartAsync(Tenants.Small());

        var reply = await sandbox.PostAsync("sandbox/clock/advance", $$"""{ "by": "{{by}}" }""");

        reply.ShouldBe(200);
        sandbox.Server.ShowTenant().ShouldContain("1.12:00:00");
    }
}
