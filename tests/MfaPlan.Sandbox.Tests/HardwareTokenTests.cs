using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using Microsoft.Extensions.Time.Testing;

namespace MfaPlan.Sandbox.Tests;

public sealed class HardwareTokenTests
{
    private const string Inventory = "beta/directory/authenticationMethodDevices/hardwareOathDevices";

    /// <summary>RFC 6238's test seed, "12345678901234567890".</summary>
    private const string Seed = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    /// <summary>RFC 6238, appendix B: at 1111111109 the SHA-1 code is 07081804, of which six digits.</summary>
    private static readonly DateTimeOffset RfcTime = DateTimeOffset.FromUnixTimeSeconds(1111111109);

    private static string Device(string serial, string more = "") => $$"""
        { "serialNumber": "{{serial}}", "manufacturer": "Contoso", "model": "T1", "secretKey": "{{Seed}}", "timeIntervalInSeconds": 30{{more}} }
        """;

    private static async Task<string> CreateAsync(Sandbox sandbox, string serial)
    {
        var created = await sandbox.PostAsync(Inventory, Device(serial));
        created.ShouldBe(201);
        return (string)created.Json!["id"]!;
    }

    [Fact]
    public async Task A_token_is_created_assigned_and_activated_with_its_code()
    {
        await using var sandbox = await Sandbox.StartAsync(Tenants.Small(), time: new FakeTimeProvider(RfcTime));
        var methods = Tenants.BetaUser(Tenants.Ann) + "/hardwareOathMethods";

        var created = await sandbox.PostAsync(Inventory, Device("S1"));
        var id = (string)created.Json!["id"]!;
        var assigned = await sandbox.PostAsync(methods, $$"""{ "device": { "id": "{{id}}" } }""");
        var wrong = await sandbox.PostAsync($"{methods}/{id}/activate", """{ "verificationCode": "000000" }""");
        var failed = await sandbox.GetAsync($"{Inventory}/{id}");
        var right = await sandbox.PostAsync($"{methods}/{id}/activate", """{ "verificationCode": "081804" }""");
        var listed = await sandbox.GetAsync(methods);

        created.Json["secretKey"].ShouldBeNull();
        ((string?)created.Json["status"]).ShouldBe("available");
        assigned.ShouldBe(201);
        ((string?)assigned.Json!["id"]).ShouldBe(id);
        wrong.ShouldBe(400);
        ((string?)failed.Json!["status"]).ShouldBe("failedActivation");
        right.ShouldBe(204);
        ((string?)listed.Value[0]!["device"]!["status"]).ShouldBe("activated");
        listed.Text.ShouldNotContain(Seed);
    }

    [Theory]
    [InlineData(-30, 204)]
    [InlineData(30, 204)]
    [InlineData(90, 400)]
    public async Task A_code_of_the_next_or_last_step_is_accepted(int seconds, int status)
    {
        await using var sandbox = await Sandbox.StartAsync(Tenants.Small(), time: new FakeTimeProvider(RfcTime.AddSeconds(seconds)));
        var id = await CreateAsync(sandbox, "S1");

        var reply = await sandbox.PostAsync(
            Tenants.BetaUser(Tenants.Ann) + "/hardwareOathMethods/assignAndActivate",
            $$"""{ "device": { "id": "{{id}}" }, "verificationCode": "081804" }""");

        reply.ShouldBe(status);
    }

    [Fact]
    public async Task The_sandbox_clock_decides_and_not_the_machines()
    {
        await using var sandbox = await Sandbox.StartAsync(Tenants.Small(), time: new FakeTimeProvider(RfcTime.AddDays(-2)));
        await CreateAsync(sandbox, "S1");
        await sandbox.PostAsync("sandbox/clock/advance", """{ "by": "PT48H" }""");

        var reply = await sandbox.PostAsync(
            Tenants.BetaUser(Tenants.Ann) + "/hardwareOathMethods/assignAndActivateBySerialNumber",
            """{ "serialNumber": "S1", "verificationCode": "081804" }""");

        reply.ShouldBe(204);
    }

    [Fact]
    public async Task A_SHA_256_token_computes_SHA_256_codes()
    {
        await using var sandbox = await Sandbox.StartAsync(Tenants.Small(), time: new FakeTimeProvider(RfcTime));
        await sandbox.PostAsync(Inventory, Device("S1", """, "hashFunction": "hmacsha256" """));
        Span<byte> counter = stackalloc byte[8];
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(counter, RfcTime.ToUnixTimeSeconds() / 30);
        var hash = HMACSHA256.HashData("12345678901234567890"u8, counter);
        var number = System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 15, 4)) & int.MaxValue;
        var code = (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);

        var reply = await sandbox.PostAsync(
            Tenants.BetaUser(Tenants.Ann) + "/hardwareOathMethods/assignAndActivateBySerialNumber",
            $$"""{ "serialNumber": "S1", "verificationCode": "{{code}}" }""");

        reply.ShouldBe(204);
    }

    [Theory]
    [InlineData("""{ "serialNumber": "S1", "manufacturer": "C", "model": "T", "secretKey": "0189", "timeIntervalInSeconds": 30 }""")]
    [InlineData("""{ "serialNumber": "S1", "manufacturer": "C", "model": "T", "secretKey": "ABCD", "timeIntervalInSeconds": 45 }""")]
    [InlineData("""{ "serialNumber": "S1", "manufacturer": "C", "secretKey": "ABCD", "timeIntervalInSeconds": 30 }""")]
    [InlineData("""{ "serialNumber": "S1", "manufacturer": "C", "model": "T", "secretKey": "ABCD", "timeIntervalInSeconds": 30, "hashFunction": "hmacsha512" }""")]
    public async Task A_device_that_cannot_be_is_refused(string body)
    {
        await using var sandbox = await Sandbox.StartAsync(Tenants.Small());

        (await sandbox.PostAsync(Inventory, body)).ShouldBe(400);
    }

    [Fact]
    public async Task A_secret_of_129_characters_is_too_long()
    {
        await using var sandbox = await Sandbox.StartAsync(Tenants.Small());
        static string Body(int length) => $$"""
            { "serialNumber": "S{{length}}", "manufacturer": "C", "model": "T", "secretKey": "{{new string('A', length)}}", "timeIntervalInSeconds": 30 }
            """;

        (await sandbox.PostAsync(Inventory, Body(128))).ShouldBe(201);
        (await sandbox.PostAsync(Inventory, Body(129))).ShouldBe(400);
    }

    [Fact]
    public async Task A_token_belongs_to_one_user_and_is_deleted_after_it_is_unassigned()
    {
        await using var sandbox = await Sandbox.StartAsync(Tenants.Small());
        var id = await CreateAsync(sandbox, "S1");
        var body = $$"""{ "device": { "id": "{{id}}" } }""";
        await sandbox.PostAsync(Tenants.BetaUser(Tenants.Ann) + "/hardwareOathMethods", body);

        var other = await sandbox.PostAsync(Tenants.BetaUser(Tenants.Bob) + "/hardwareOathMethods", body);
        var early = await sandbox.DeleteAsync($"{Inventory}/{id}");
        var unassigned = await sandbox.DeleteAsync(Tenants.BetaUser(Tenants.Ann) + "/hardwareOathMethods/" + id);
        var deleted = await sandbox.DeleteAsync($"{Inventory}/{id}");
        var listed = await sandbox.AllAsync(Inventory);

        other.ShouldBe(400);
        early.ShouldBe(400);
        unassigned.ShouldBe(204);
        deleted.ShouldBe(204);
        listed.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_sixth_device_is_refused()
    {
        await using var sandbox = await Sandbox.StartAsync(Tenants.Small());
        var methods = Tenants.BetaUser(Tenants.Bob) + "/hardwareOathMethods";
        var status = new List<int>();

        for (var i = 0; i < 5; i++)
        {
            var id = await CreateAsync(sandbox, $"S{i}");
            status.Add((await sandbox.PostAsync(methods, $$"""{ "device": { "id": "{{id}}" } }""")).Status);
        }

        // Bob has an app already.
        status.ShouldBe([201, 201, 201, 201, 400]);
    }

    [Fact]
    public async Task A_device_is_found_by_its_serial_number_and_a_second_of_the_kind_is_refused()
    {
        await using var sandbox = await Sandbox.StartAsync(Tenants.Small());
        await CreateAsync(sandbox, "S1");
        await CreateAsync(sandbox, "S2");

        var found = await sandbox.AllAsync(Inventory + "?$filter=serialNumber eq 'S2'");
        var second = await sandbox.PostAsync(Inventory, Device("S1"));

        ((string?)found.Single()["serialNumber"]).ShouldBe("S2");
        second.ShouldBe(400);
    }

    [Fact]
    public async Task Hardware_tokens_exist_on_beta_only()
    {
        await using var sandbox = await Sandbox.StartAsync(Tenants.Small());
        await sandbox.PostAsync(Inventory, Device("S1", $$""", "assignTo": { "id": "{{Tenants.Ann}}" } """));

        var v1 = await sandbox.GetAsync(Tenants.User(Tenants.Ann) + "/methods");
        var beta = await sandbox.GetAsync(Tenants.BetaUser(Tenants.Ann) + "/methods");
        var typed = await sandbox.GetAsync(Tenants.User(Tenants.Ann) + "/hardwareOathMethods");

        v1.Value.ShouldBeEmpty();
        ((string?)beta.Value.Single()!["@odata.type"]).ShouldBe("#microsoft.graph.hardwareOathAuthenticationMethod");
        typed.ShouldBe(400);
    }

    [Fact]
    public async Task More_activations_than_the_limit_are_throttled()
    {
        await using var sandbox = await Sandbox.StartAsync(
            Tenants.Small(""", "limits": { "activationsPer5Minutes": 2 }"""),
            time: new FakeTimeProvider(RfcTime));
        var path = Tenants.BetaUser(Tenants.Ann) + "/hardwareOathMethods/x/activate";

        await sandbox.PostAsync(path, """{ "verificationCode": "1" }""");
        await sandbox.PostAsync(path, """{ "verificationCode": "1" }""");
        var third = await sandbox.PostAsync(path, """{ "verificationCode": "1" }""");

        third.ShouldBe((int)HttpStatusCode.TooManyRequests);
        third.Headers["Retry-After"].ShouldBe("300");
    }

    [Fact]
    public async Task Tokens_survive_a_kill()
    {
        await using var sandbox = await Sandbox.StartAsync(Tenants.Small(), hasState: true);
        var id = await CreateAsync(sandbox, "S1");
        await sandbox.PostAsync(Tenants.BetaUser(Tenants.Ann) + "/hardwareOathMethods", $$"""{ "device": { "id": "{{id}}" } }""");
        var copy = Path.Combine(sandbox.Folder, "copy.json");
        File.Copy(sandbox.StateFile, copy);
        File.Copy(sandbox.StateFile + ".wal", copy + ".wal");

        await using var next = await sandbox.StartOnStateAsync(copy);

        next.ShowTenant().ShouldBe(sandbox.Server.ShowTenant());
        next.ShowTenant().ShouldContain(Seed);
    }
}
