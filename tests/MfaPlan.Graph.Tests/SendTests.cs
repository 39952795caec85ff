using MfaPlan.Core.Changes;
using MfaPlan.Core.Privacy;
using MfaPlan.Core.Tenants;
using MfaPlan.Engine.Ports;

namespace MfaPlan.Graph.Tests;

public sealed class SendTests
{
    private static readonly PhoneNumber Old = new("+1 2065550100");
    private static readonly PhoneNumber New = new("+44 2079460000x12");
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);
    private static readonly UnitId Unit = UnitId.ForUser(World.Id(1));
    private static readonly Change Add = new Change.SetPhone(PhoneSlot.Office, null, New, "r");

    private static string Base => $"users/{World.Id(1)}/authentication/";

    private static Task<SendResult> SendAsync(World world, Change? change = null) =>
        world.Time.RunAsync(world.Tenant.SendAsync(Unit, change ?? Add, Timeout, OwnFence.Instance));

    [Fact]
    public async Task A_number_for_an_empty_place_is_posted_with_its_type()
    {
        await using var world = new World(_ => new Answer(201, "{}"));

        var result = await SendAsync(world);

        result.ShouldBe(new SendResult.Accepted("req-201"));
        var asked = world.Graph.Requests.Single();
        (asked.Method, asked.Path).ShouldBe(("POST", $"/v1.0/{Base}phoneMethods"));
        asked.Json.GetProperty("phoneNumber").GetString().ShouldBe("+44 2079460000x12");
        asked.Json.GetProperty("phoneType").GetString().ShouldBe("office");
    }

    [Theory]
    [InlineData(PhoneSlot.Mobile, "3179e48a-750b-4051-897c-87b9720928f7")]
    [InlineData(PhoneSlot.AlternateMobile, "b6332ec1-7057-4abe-9331-3d72feddfe41")]
    [InlineData(PhoneSlot.Office, "e37fc753-ff3b-4958-9484-eaa9425c82bc")]
    public async Task A_number_is_changed_and_removed_by_the_places_constant_id(PhoneSlot slot, string id)
    {
        await using var world = new World(_ => new Answer(204));

        await SendAsync(world, new Change.SetPhone(slot, Old, New, "r"));
        await SendAsync(world, new Change.SetPhone(slot, Old, null, "r"));

        world.Graph.Requests.Select(static asked => (asked.Method, asked.Path)).ShouldBe(
            [("PATCH", $"/v1.0/{Base}phoneMethods/{id}"), ("DELETE", $"/v1.0/{Base}phoneMethods/{id}")]);
        world.Graph.Requests[1].Body.ShouldBeNull();
    }

    [Fact]
    public async Task The_default_method_is_set_on_beta()
    {
        await using var world = new World(_ => new Answer(204));

        await SendAsync(world, new Change.SetDefaultMethod(null, DefaultMethod.VoiceMobile, "r"));

        var asked = world.Graph.Requests.Single();
        (asked.Method, asked.Path, asked.Body).ShouldBe(
            ("PATCH", $"/beta/{Base}signInPreferences", """{"userPreferredMethodForSecondaryAuthentication":"voiceMobile"}"""));
    }

    [Theory]
    [InlineData(408)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    [InlineData(509)]
    [InlineData(302)]
    public async Task An_answer_that_leaves_it_open_is_ambiguous_and_not_repeated(int status)
    {
        await using var world = new World(_ => new Answer(status));

        var result = await SendAsync(world);

        result.ShouldBe(new SendResult.Ambiguous($"HTTP{status}"));
        world.Graph.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_cut_connection_is_ambiguous_and_not_repeated()
    {
        await using var world = new World(_ => new Answer(204));
        world.Graph.Before = static (_, _) => throw new HttpRequestException(HttpRequestError.ResponseEnded, "cut");

        var result = await SendAsync(world);

        result.ShouldBe(new SendResult.Ambiguous("ResponseEnded"));
        world.Graph.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_connection_that_breaks_within_the_answer_is_ambiguous()
    {
        await using var world = new World(_ => new Answer(204));
        world.Graph.Before = static (_, _) => throw new IOException("reset");

        (await SendAsync(world)).ShouldBe(new SendResult.Ambiguous("ConnectionCut"));
    }

    [Fact]
    public async Task No_answer_in_time_is_ambiguous()
    {
        await using var world = new World(_ => new Answer(204));
        world.Graph.Before = static (_, token) => Task.Delay(System.Threading.Timeout.InfiniteTimeSpan, TimeProvider.System, token);
        var start = world.Time.GetUtcNow();

        var result = await SendAsync(world);

        result.ShouldBe(new SendResult.Ambiguous("Timeout"));
        (world.Time.GetUtcNow() - start).ShouldBeInRange(Timeout, Timeout + TimeSpan.FromSeconds(1));
    }

    [Theory]
    [InlineData("7", 7.0)]
    [InlineData("2.128", 2.128)]
    [InlineData(null, null)]
    [InlineData("soon", null)]
    public async Task A_throttled_change_gives_the_wait_and_is_not_repeated(string? header, double? seconds)
    {
        await using var world = new World(_ => Answer.Throttle(header));

        var result = await SendAsync(world);

        result.ShouldBe(new SendResult.Throttled(seconds is { } wait ? TimeSpan.FromSeconds(wait) : null));
        world.Graph.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_wait_that_is_given_as_a_date_is_measured_by_the_services_clock()
    {
        await using var world = new World(_ => Answer.Throttle("Thu, 01 Jan 2026 00:00:30 GMT"));
        world.Graph.Date = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        (await SendAsync(world)).ShouldBe(new SendResult.Throttled(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task After_a_throttled_change_nothing_of_the_budget_goes_before_the_wait_is_over()
    {
        var answers = new Queue<Answer>([Answer.Throttle("10"), new(204)]);
        await using var world = new World(_ => answers.Dequeue());
        await SendAsync(world);
        var start = world.Time.GetUtcNow();

        var second = world.Tenant.SendAsync(Unit, Add, TimeSpan.FromSeconds(30), OwnFence.Instance);
        await world.Time.RunAsync(second);

        (await second).ShouldBeOfType<SendResult.Accepted>();
        (world.Time.GetUtcNow() - start).ShouldBeInRange(TimeSpan.FromSeconds(9.5), TimeSpan.FromSeconds(11));
    }

    [Fact]
    public async Task Where_no_permit_is_had_in_half_the_time_nothing_is_sent()
    {
        var answers = new Queue<Answer>([Answer.Throttle("300"), new(204)]);
        await using var world = new World(_ => answers.Dequeue());
        await SendAsync(world);

        var second = await world.Time.RunAsync(world.Tenant.SendAsync(Unit, Add, TimeSpan.FromSeconds(1), OwnFence.Instance), TimeSpan.FromSeconds(10));

        second.ShouldBe(new SendResult.Throttled(TimeSpan.Zero));
        answers.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(400, """{"error":{"code":"badRequest","innerError":{"code":"phoneNumberInvalid","innerError":{"date":"x"}}}}""", "phoneNumberInvalid")]
    [InlineData(403, """{"error":{"code":"accessDenied","message":"Request Authorization failed"}}""", "accessDenied")]
    [InlineData(404, """{"error":"x"}""", "HTTP404")]
    [InlineData(409, "<html>", "HTTP409")]
    [InlineData(412, "", "HTTP412")]
    public async Task A_final_no_is_refused_with_the_deepest_code(int status, string body, string code)
    {
        await using var world = new World(_ => new Answer(status, body));

        (await SendAsync(world)).ShouldBe(new SendResult.Refused(code, $"req-{status}"));
    }

    [Fact]
    public async Task An_empty_change_and_a_unit_that_is_no_user_are_mistakes_of_the_caller()
    {
        await using var world = new World(_ => new Answer(204));

        await Should.ThrowAsync<ArgumentException>(world.Tenant.SendAsync(Unit, new Change.SetPhone(PhoneSlot.Office, New, New, "r"), Timeout, OwnFence.Instance));
        await Should.ThrowAsync<ArgumentException>(world.Tenant.SendAsync(UnitId.Named(UnitKind.Policy, "x"), Add, Timeout, OwnFence.Instance));
        world.Graph.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_request_has_an_id_of_its_own_and_low_priority()
    {
        await using var world = new World(_ => new Answer(204));

        await SendAsync(world);
        await SendAsync(world);

        world.Graph.Requests.Select(static asked => asked.Headers["client-request-id"]).Distinct(StringComparer.Ordinal).Count().ShouldBe(2);
        world.Graph.Requests.ShouldAllBe(asked => asked.Headers["x-ms-throttle-priority"] == "Low");
    }

    [Fact]
    public async Task Writes_keep_the_pace_that_is_known()
    {
        await using var world = new World(
            _ => new Answer(204), options => options with { WritePace = new Limiting.Pace(30, TimeSpan.FromSeconds(10), 10) });
        var start = world.Time.GetUtcNow();

        for (var sent = 0; sent < 30; sent++)
        {
            await SendAsync(world);
        }

        // ten at once, then two a second
        (world.Time.GetUtcNow() - start).ShouldBeInRange(TimeSpan.FromSeconds(9.5), TimeSpan.FromSeconds(13));
    }
}
