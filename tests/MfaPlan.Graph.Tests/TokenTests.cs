using MfaPlan.Core.Changes;
using MfaPlan.Core.Privacy;
using MfaPlan.Core.Sources.Tokens;
using MfaPlan.Core.Tenants;
using MfaPlan.Engine.Ports;
using MfaPlan.Graph.Recording;

namespace MfaPlan.Graph.Tests;

public sealed class TokenTests
{
    private const string Secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
    private const string Inventory = "/beta/directory/authenticationMethodDevices/hardwareOathDevices";
    private static readonly SecretRef Token = new("seeds.csv", "SN'1", "f1");
    private static readonly TokenSeed Seed = new(
        2, Token.Serial, new Secret(Secret), "Contoso", null, 30, 6, TokenAlgorithm.Sha256, TokenKind.Totp, new PersonalName("alice"));

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    private static string Methods => $"/beta/users/{World.Id(1)}/authentication/hardwareOathMethods";

    private static World Open(Func<Asked, Answer> respond) => new(respond, static options => options with { Seeds = new Seeds() });

    private static Task<SendResult> SendAsync(World world, Change change) =>
        world.Time.RunAsync(world.Tenant.SendAsync(UnitId.ForUser(World.Id(1)), change, Timeout, OwnFence.Instance));

    private static Task<Observed<UserMethods>> LookAsync(World world) =>
        world.Time.RunAsync(world.Tenant.LookAsync(World.Id(1), MethodParts.Tokens, [Token.Serial], World.None));

    private static string Device(string status, string? holder) =>
        $$"""{"id":"d-1","serialNumber":"SN'1","status":"{{status}}","secretKey":null,"assignedTo":{{(holder is null ? "null" : $"{{\"id\":\"{holder}\"}}")}}}""";

    private static Func<Asked, Answer> Tenant(string own, string inventory) => asked => asked.Path switch
    {
        Inventory when asked.Method == "GET" => Answer.Ok($$"""{"value":[{{inventory}}]}"""),
        _ when asked.Path.EndsWith("$batch", StringComparison.Ordinal) => new Answer(404),
        _ when asked.Method == "GET" => Answer.Ok($$"""{"value":[{{own}}]}"""),
        _ => new Answer(asked.Method == "POST" && !asked.Path.EndsWith("activate", StringComparison.Ordinal) ? 201 : 204, "{\"id\":\"d-1\"}"),
    };

    private static string Own(string status) =>
        $$"""{"@odata.type":"#microsoft.graph.hardwareOathAuthenticationMethod","id":"d-1","device":{{Device(status, World.Id(1).ToString())}}}""";

    [Fact]
    public async Task A_look_asks_the_inventory_by_serial_number_and_joins_the_users_own_list()
    {
        await using var world = Open(Tenant(Own("activated"), Device("activated", World.Id(1).ToString())));

        var seen = (await LookAsync(world)).ShouldBeSeen();

        seen.Tokens.ShouldHaveSingleItem().ShouldBe(new HardwareToken("d-1", "SN'1", TokenHolder.User, Activated: true, InInventory: true));
        seen.HardwareTokens.ShouldBe(1);
        world.Graph.Requests.Single(static asked => asked.Path == Inventory).Query.ShouldBe("?$filter=serialNumber eq 'SN''1'");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_device_is_read_flat_and_wrapped(bool wrapped)
    {
        var device = Device("available", holder: null);
        await using var world = Open(Tenant("", wrapped ? $$"""{"id":"d-1","device":{{device}}}""" : device));

        (await LookAsync(world)).ShouldBeSeen().Tokens.ShouldHaveSingleItem()
            .ShouldBe(new HardwareToken("d-1", "SN'1", TokenHolder.Nobody, Activated: false, InInventory: true));
    }

    [Fact]
    public async Task Pages_of_the_inventory_are_followed_and_one_that_cannot_be_read_makes_the_look_unknown()
    {
        await using var world = Open(asked => (asked.Path, asked.Query) switch
        {
            (Inventory, "?next") => Answer.Error(403, "accessDenied"),
            (Inventory, _) => Answer.Ok($$"""{"value":[],"@odata.nextLink":"http://127.0.0.1:5005{{Inventory}}?next"}"""),
            _ => Answer.Ok("""{"value":[]}"""),
        });

        (await LookAsync(world)).ShouldBeUnknown().ShouldBe("accessDenied");
    }

    [Fact]
    public async Task An_answer_about_another_serial_number_is_not_believed()
    {
        await using var world = Open(Tenant("", Device("available", null).Replace("SN'1", "SN'2", StringComparison.Ordinal)));

        (await LookAsync(world)).ShouldBeUnknown().ShouldBe("InvalidAnswer");
    }

    [Theory]
    [InlineData("failedActivation", 0)]
    [InlineData("assigned", 0)]
    [InlineData("activated", 1)]
    [InlineData("someLaterWord", 1)]
    public async Task Own_tokens_that_wait_for_their_activation_are_told_from_others(string status, int active)
    {
        await using var world = new World(Tenant(Own(status), ""));

        var seen = (await world.Time.RunAsync(world.Tenant.LookAsync(World.Id(1), MethodParts.Methods, World.None))).ShouldBeSeen();

        (seen.HardwareTokens, seen.ActiveHardwareTokens).ShouldBe((1, active));
    }

    [Fact]
    public async Task A_token_is_created_with_its_seed_and_the_answers_id_serves_the_next_steps()
    {
        await using var world = Open(Tenant("", ""));

        (await SendAsync(world, new Change.CreateToken(Token, after: true, "r"))).ShouldBeOfType<SendResult.Accepted>();
        (await SendAsync(world, new Change.AssignToken(Token, after: true, "r"))).ShouldBeOfType<SendResult.Accepted>();

        var (create, assign) = (world.Graph.Requests[0], world.Graph.Requests[1]);
        (create.Method, create.Path).ShouldBe(("POST", Inventory));
        create.Body.ShouldBe($$"""{"serialNumber":"SN\u00271","manufacturer":"Contoso","model":"Unknown","secretKey":"{{Secret}}","timeIntervalInSeconds":30,"hashFunction":"hmacsha256"}""");
        (assign.Method, assign.Path, assign.Body).ShouldBe(("POST", Methods, """{"device":{"id":"d-1"}}"""));
    }

    [Fact]
    public async Task The_way_back_unassigns_deactivates_and_deletes_by_the_id_that_a_look_told()
    {
        await using var world = Open(Tenant(Own("activated"), Device("activated", World.Id(1).ToString())));
        await LookAsync(world);

        await SendAsync(world, new Change.ActivateToken(Token, after: false, "r"));
        await SendAsync(world, new Change.AssignToken(Token, after: false, "r"));
        await SendAsync(world, new Change.CreateToken(Token, after: false, "r"));

        world.Graph.Requests.Skip(2).Select(static asked => (asked.Method, asked.Path, asked.Body)).ShouldBe(
        [
            ("POST", Methods + "/d-1/deactivate", null), ("DELETE", Methods + "/d-1", null), ("DELETE", Inventory + "/d-1", null),
        ]);
    }

    [Fact]
    public async Task Each_activation_carries_the_code_that_the_token_shows_by_the_tenants_clock()
    {
        await using var world = Open(Tenant(Own("assigned"), Device("assigned", World.Id(1).ToString())));
        world.Graph.Date = world.Time.GetUtcNow().AddSeconds(50);
        await LookAsync(world);

        await SendAsync(world, new Change.ActivateToken(Token, after: true, "r"));
        world.Time.Advance(TimeSpan.FromSeconds(31));
        world.Graph.Date = world.Time.GetUtcNow().AddSeconds(50);
        await LookAsync(world);
        await SendAsync(world, new Change.ActivateToken(Token, after: true, "r"));

        var codes = world.Graph.Requests.Where(static asked => asked.Path.EndsWith("/d-1/activate", StringComparison.Ordinal))
            .Select(static asked => asked.Json.GetProperty("verificationCode").GetString()).ToList();
        var later = TokenCode.At(Seed, world.Time.GetUtcNow().AddSeconds(50));
        codes[1].ShouldBe(later);
        codes[0].ShouldBe(TokenCode.At(Seed, new DateTimeOffset(2026, 3, 1, 12, 0, 50, TimeSpan.Zero)));
        codes[0].ShouldNotBe(codes[1]);
    }

    [Fact]
    public async Task A_code_is_computed_when_the_permit_is_had_and_not_before()
    {
        var throttled = true;
        var tenant = Tenant(Own("assigned"), Device("assigned", World.Id(1).ToString()));
        await using var world = Open(asked => throttled && asked.Path.EndsWith("/activate", StringComparison.Ordinal) ? Answer.Throttle("45") : tenant(asked));
        await LookAsync(world);
        await SendAsync(world, new Change.ActivateToken(Token, after: true, "r"));
        throttled = false;
        world.Graph.Date = null;

        var sent = world.Tenant.SendAsync(UnitId.ForUser(World.Id(1)), new Change.ActivateToken(Token, after: true, "r"), TimeSpan.FromMinutes(4), OwnFence.Instance);
        (await world.Time.RunAsync(sent)).ShouldBeOfType<SendResult.Accepted>();

        var code = world.Graph.Requests[^1].Json.GetProperty("verificationCode").GetString();
        code.ShouldNotBe(TokenCode.At(Seed, new DateTimeOffset(2026, 3, 1, 12, 0, 1, TimeSpan.Zero)));
        new[] { TokenCode.At(Seed, world.Time.GetUtcNow()), TokenCode.At(Seed, world.Time.GetUtcNow().AddSeconds(-5)) }.ShouldContain(code);
    }

    [Theory]
    [InlineData(61)]
    [InlineData(-61)]
    public async Task Where_the_clocks_differ_by_more_than_a_code_is_accepted_nothing_is_sent(int seconds)
    {
        await using var world = Open(Tenant(Own("assigned"), Device("assigned", World.Id(1).ToString())));
        world.Graph.Date = world.Time.GetUtcNow().AddSeconds(seconds);
        await LookAsync(world);

        (await SendAsync(world, new Change.ActivateToken(Token, after: true, "r"))).ShouldBe(new SendResult.Refused("ClockSkew", null));
        world.Graph.Requests.ShouldNotContain(static asked => asked.Method == "POST" && asked.Path.EndsWith("/activate", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_the_seed_or_the_device_nothing_is_sent()
    {
        await using var world = Open(Tenant(Own("assigned"), Device("assigned", World.Id(1).ToString())));
        var other = Token with { Fingerprint = "f2" };

        (await SendAsync(world, new Change.CreateToken(other, after: true, "r"))).ShouldBe(new SendResult.Refused("SeedNotFound", null));
        (await SendAsync(world, new Change.AssignToken(Token, after: true, "r"))).ShouldBe(new SendResult.Refused("DeviceNotFound", null));
        world.Graph.Requests.ShouldBeEmpty();
        await LookAsync(world);
        (await SendAsync(world, new Change.ActivateToken(other, after: true, "r"))).ShouldBe(new SendResult.Refused("SeedNotFound", null));
    }

    [Fact]
    public async Task A_wrong_code_is_refused_with_the_services_word()
    {
        var tenant = Tenant(Own("assigned"), Device("assigned", World.Id(1).ToString()));
        await using var world = Open(asked => asked.Path.EndsWith("/activate", StringComparison.Ordinal) ? Answer.Error(400, "invalidRequest") : tenant(asked));
        await LookAsync(world);

        (await SendAsync(world, new Change.ActivateToken(Token, after: true, "r"))).ShouldBe(new SendResult.Refused("invalidRequest", "req-400"));
    }

    [Fact]
    public async Task A_recording_shows_neither_seed_nor_code()
    {
        await using var record = new StringWriter();
        using var graph = new FakeGraph(Tenant("", "")) { Date = TimeProvider.System.GetUtcNow() };
        using var recording = new RecordingHandler(record, graph);
        await using var tenant = GraphTenant.Open(new GraphTenantOptions(new Uri("http://127.0.0.1:5005")) { Handler = recording, Seeds = new Seeds() });

        await tenant.SendAsync(UnitId.ForUser(World.Id(1)), new Change.CreateToken(Token, after: true, "r"), Timeout, OwnFence.Instance);
        await tenant.SendAsync(UnitId.ForUser(World.Id(1)), new Change.ActivateToken(Token, after: true, "r"), Timeout, OwnFence.Instance);

        var text = record.ToString();
        text.ShouldContain("/activate");
        text.ShouldNotContain(Secret);
        graph.Requests[^1].Json.GetProperty("verificationCode").GetString().ShouldNotBeNull().ShouldSatisfyAllConditions(
            code => code.Length.ShouldBe(6), code => text.ShouldNotContain($"\"{code}\""));
    }

    private sealed class Seeds : ITokenSeeds
    {
        public TokenSeed? Find(SecretRef token) => token == Token ? Seed : null;
    }
}
