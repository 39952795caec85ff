using System.Globalization;
using System.Text.Json.Nodes;
using MfaPlan.Core.Tenants;
using MfaPlan.Engine.Ports;

namespace MfaPlan.Graph.Tests;

public sealed class MethodsTests
{
    private const string Phone = """{"value":[{"id":"x","phoneNumber":"+1 2065550100","phoneType":"mobile","smsSignInState":"ready"}]}""";
    private const string Preferences = """{"isSystemPreferredAuthenticationMethodEnabled":true,"userPreferredMethodForSecondaryAuthentication":"push"}""";

    private const MethodParts All = MethodParts.Methods | MethodParts.Preferences;

    private static Answer Good(Asked asked) =>
        asked.Path.EndsWith("$batch", StringComparison.Ordinal) ? new Answer(404)
        : asked.Path.EndsWith("/signInPreferences", StringComparison.Ordinal) ? Answer.Ok(Preferences)
        : Answer.Ok(Phone.Replace("\"id\"", "\"@odata.type\":\"#microsoft.graph.phoneAuthenticationMethod\",\"id\"", StringComparison.Ordinal));

    private static Guid UserOf(Asked asked) => Guid.Parse(asked.Path.Split('/')[3]);

    private static int NumberOf(Asked asked) => int.Parse(asked.Path.Split('/')[3][..8], NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private static List<Guid> Users(int count) => [.. Enumerable.Range(1, count).Select(World.Id)];

    private static Task<List<UserRead>> ReadAsync(World world, IEnumerable<Guid> users, MethodParts parts) =>
        world.Time.RunAsync(world.Tenant.ReadMethodsAsync(users, parts, World.None).ListAsync());

    [Theory]
    [InlineData(MethodParts.Phones, "/v1.0/$batch", "/v1.0/users/{0}/authentication/phoneMethods")]
    [InlineData(MethodParts.Methods, "/beta/$batch", "/beta/users/{0}/authentication/methods")]
    [InlineData(MethodParts.OtherMethods, "/beta/$batch", "/beta/users/{0}/authentication/methods")]
    [InlineData(MethodParts.Preferences, "/beta/$batch", "/beta/users/{0}/authentication/signInPreferences")]
    public async Task Each_part_is_read_by_one_request_in_a_batch(MethodParts parts, string batch, string path)
    {
        await using var world = new World(Good);

        await ReadAsync(world, Users(2), parts);

        world.Graph.Requests.Single().Path.ShouldBe(batch);
        world.Graph.Parts.Select(static part => part.Path).ShouldBe(Users(2).Select(user => string.Format(CultureInfo.InvariantCulture, path, user)));
    }

    [Fact]
    public async Task A_batch_has_twenty_parts_at_most_and_a_users_parts_travel_together()
    {
        await using var world = new World(Good);
        var batches = new List<int>();
        world.Graph.Batch = answers => batches.Add(answers.Count);

        await ReadAsync(world, Users(25), All | MethodParts.Preferences);

        batches.ShouldBe([20, 20, 10]);
        world.Graph.Requests.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Results_come_in_the_order_asked_though_batches_answer_backwards_and_late()
    {
        await using var world = new World(Good);
        var first = true;
        world.Graph.Before = (_, token) =>
        {
            var wait = first ? TimeSpan.FromSeconds(5) : TimeSpan.Zero;
            first = false;
            return Task.Delay(wait, world.Time, token);
        };

        var reads = await ReadAsync(world, Users(200), MethodParts.Phones);

        reads.Select(static read => read.User).ShouldBe(Users(200));
        reads.ShouldAllBe(read => read.Methods is Observed<UserMethods>.Seen);
    }

    [Fact]
    public async Task Nothing_is_read_ahead_of_the_window()
    {
        await using var world = new World(Good, options => options with { MaxInFlight = 2 });
        var taken = 0;
        IEnumerable<Guid> Endless()
        {
            while (true)
            {
                yield return World.Id(++taken);
            }
        }

        var reading = world.Tenant.ReadMethodsAsync(Endless(), MethodParts.Phones, World.None).GetAsyncEnumerator(World.None);
        await world.Time.RunAsync(reading.MoveNextAsync().AsTask());
        await reading.DisposeAsync();

        taken.ShouldBeLessThanOrEqualTo(2 * 2 * 20);
    }

    [Fact]
    public async Task A_reader_that_stops_leaves_no_questions_behind()
    {
        await using var world = new World(Good, options => options with { MaxInFlight = 1 });
        await foreach (var read in world.Tenant.ReadMethodsAsync(Users(1_000), MethodParts.Phones, World.None))
        {
            read.User.ShouldBe(World.Id(1));
            break;
        }

        await Driven.IsDoneAsync(new TaskCompletionSource().Task);
        var asked = world.Graph.Parts.Count;
        var look = await world.RunAsync(tenant => tenant.LookAsync(World.Id(7_777), MethodParts.Phones, World.None));

        look.ShouldBeSeen();
        asked.ShouldBeLessThanOrEqualTo(40);
    }

    [Fact]
    public async Task More_batches_go_at_once_as_the_service_allows_them()
    {
        await using var world = new World(Good);
        world.Graph.Before = (_, token) => Task.Delay(TimeSpan.FromSeconds(1), world.Time, token);

        await ReadAsync(world, Users(2_000), MethodParts.Phones);

        world.Graph.MostInFlight.ShouldBeGreaterThan(6);
        world.Graph.Requests.Count.ShouldBe(100);
    }

    [Fact]
    public async Task Only_the_throttled_part_is_repeated_and_not_before_its_wait_is_over()
    {
        var refused = new List<DateTimeOffset>();
        World? world = null;
        await using var made = world = new World(asked =>
        {
            if (asked.Path.Contains(World.Id(3).ToString(), StringComparison.Ordinal) && refused.Count < 2)
            {
                refused.Add(world!.Time.GetUtcNow());
                return Answer.Throttle("7");
            }

            return Good(asked);
        });

        var reads = await ReadAsync(world, Users(20), MethodParts.Phones);

        reads.ShouldAllBe(read => read.Methods is Observed<UserMethods>.Seen);
        world.Graph.Parts.Count(part => UserOf(part) != World.Id(3)).ShouldBe(19);
        (refused[1] - refused[0]).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(7));
    }

    [Fact]
    public async Task When_a_users_preferences_are_throttled_the_methods_are_not_read_again()
    {
        var once = true;
        await using var world = new World(asked =>
        {
            if (asked.Path.EndsWith("/signInPreferences", StringComparison.Ordinal) && once)
            {
                once = false;
                return Answer.Throttle("1");
            }

            return Good(asked);
        });

        var read = (await ReadAsync(world, Users(1), All)).Single().Methods.ShouldBeSeen();

        (read.Mobile, read.Default, read.SystemPreferred).ShouldBe((new("+12065550100"), DefaultMethod.Push, true));
        world.Graph.Requests.Concat(world.Graph.Parts).Count(static part => part.Path.EndsWith("/methods", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task A_batch_refused_as_a_whole_is_sent_again_after_the_wait()
    {
        var refused = false;
        await using var world = new World(asked =>
        {
            if (!refused)
            {
                refused = true;
                return Answer.Throttle("4");
            }

            return Good(asked);
        });
        var start = world.Time.GetUtcNow();

        var reads = await ReadAsync(world, Users(3), MethodParts.Phones);

        reads.ShouldAllBe(read => read.Methods is Observed<UserMethods>.Seen);
        (world.Time.GetUtcNow() - start).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(4));
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(504)]
    [InlineData(408)]
    public async Task A_part_that_fails_six_times_is_unknown(int status)
    {
        await using var world = new World(asked => NumberOf0(asked) == 2 ? Answer.Error(status, "serviceNotAvailable") : Good(asked));

        var reads = await ReadAsync(world, Users(3), MethodParts.Phones);

        reads[1].Methods.ShouldBeUnknown().ShouldBe("serviceNotAvailable");
        reads[0].Methods.ShouldBeSeen();
        reads[2].Methods.ShouldBeSeen();
        world.Graph.Parts.Concat(world.Graph.Requests.Where(static asked => asked.Method == "GET")).Count(asked => NumberOf(asked) == 2).ShouldBe(6);
    }

    [Theory]
    [InlineData(404, "Request_ResourceNotFound")]
    [InlineData(403, "accessDenied")]
    [InlineData(424, "failedDependency")]
    [InlineData(501, "notImplemented")]
    public async Task A_part_that_is_refused_is_unknown_at_once(int status, string code)
    {
        await using var world = new World(asked => NumberOf0(asked) == 2 ? Answer.Error(status, code) : Good(asked));

        var reads = await ReadAsync(world, Users(3), MethodParts.Phones);

        reads[1].Methods.ShouldBeUnknown().ShouldBe(code);
        world.Graph.Parts.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_refused_batch_makes_all_its_users_unknown()
    {
        await using var world = new World(_ => Answer.Error(403, "Authorization_RequestDenied"));

        var reads = await ReadAsync(world, Users(3), MethodParts.Phones);

        reads.Select(static read => read.Methods.ShouldBeUnknown()).ShouldAllBe(code => code == "Authorization_RequestDenied");
    }

    [Fact]
    public async Task A_batch_whose_connection_is_cut_goes_again()
    {
        await using var world = new World(Good);
        var cuts = 2;
        world.Graph.Before = (_, _) => cuts-- > 0 ? throw new HttpRequestException("cut") : Task.CompletedTask;

        var reads = await ReadAsync(world, Users(3), MethodParts.Phones);

        reads.ShouldAllBe(read => read.Methods is Observed<UserMethods>.Seen);
        world.Graph.Requests.Count.ShouldBe(3);
    }

    [Fact]
    public async Task An_answer_that_leaves_out_a_part_or_invents_one_costs_only_that_part_a_repeat()
    {
        await using var world = new World(Good);
        var first = true;
        world.Graph.Batch = answers =>
        {
            if (first)
            {
                answers.RemoveAt(0);
                answers.Add(new JsonObject { ["id"] = "77", ["status"] = 200, ["body"] = new JsonObject() });
                answers.Add(new JsonObject { ["id"] = "-1", ["status"] = 200, ["body"] = "PGh0bWw+" });
                first = false;
            }
        };

        var reads = await ReadAsync(world, Users(20), MethodParts.Phones);

        reads.ShouldAllBe(read => read.Methods is Observed<UserMethods>.Seen);
        world.Graph.Parts.Count.ShouldBe(20);
        world.Graph.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_part_whose_body_is_no_json_is_unknown_by_its_status_and_leaves_the_others_alone()
    {
        await using var world = new World(Good);
        world.Graph.Batch = static answers =>
        {
            foreach (var answer in answers.Where(static answer => (string?)answer!["id"] == "1"))
            {
                answer!["status"] = 400;
                answer["body"] = "PGh0bWw+";
            }
        };

        var reads = await ReadAsync(world, Users(3), MethodParts.Phones);

        reads[1].Methods.ShouldBeUnknown().ShouldBe("HTTP400");
        reads[2].Methods.ShouldBeSeen();
    }

    [Fact]
    public async Task What_is_seen_carries_the_date_of_the_answer()
    {
        await using var world = new World(Good);
        world.Graph.Date = new DateTimeOffset(2031, 5, 6, 7, 8, 9, TimeSpan.Zero);

        var reads = await ReadAsync(world, Users(2), MethodParts.Phones);

        reads.ShouldAllBe(read => ((Observed<UserMethods>.Seen)read.Methods).At == world.Graph.Date);
    }

    [Fact]
    public async Task Every_kind_of_method_is_counted_once()
    {
        string[] types =
        [
            "microsoftAuthenticator", "microsoftAuthenticator", "passwordlessMicrosoftAuthenticator", "softwareOath", "hardwareOath", "hardwareOath",
            "hardwareOath", "fido2", "windowsHelloForBusiness", "platformCredential", "password", "email", "temporaryAccessPass", "qrCodePin",
            "external", "invented",
        ];
        var rows = types.Select(static type => $$"""{"id":"x","new":{"a":[]},"@odata.type":"#microsoft.graph.{{type}}AuthenticationMethod"}""");
        await using var world = new World(_ => Answer.Ok($$"""{"@odata.context":"c","value":[{{string.Join(',', rows)}}]}"""));

        var seen = (await world.Tenant.LookAsync(World.Id(1), MethodParts.Methods, World.None)).ShouldBeSeen();

        seen.ShouldBe(new UserMethods(MethodParts.Methods)
        {
            Authenticators = 2,
            SoftwareTokens = 1,
            HardwareTokens = 3,
            PhishingResistant = 3,
            Passkeys = 1,
            Others = 2,
        });
    }

    [Fact]
    public async Task All_three_phones_arrive_each_in_its_place()
    {
        await using var world = new World(_ => Answer.Ok(
            """
            {"value":[{"phoneNumber":"+1 1x9","phoneType":"office","smsSignInState":"notSupported"},
                      {"phoneNumber":"+1 2","phoneType":"alternateMobile","smsSignInState":null},
                      {"phoneNumber":"+1 3","phoneType":"mobile","smsSignInState":"ready"},
                      {"phoneNumber":"+1 4","phoneType":"satellite"}]}
            """));

        var seen = (await world.Tenant.LookAsync(World.Id(1), MethodParts.Phones, World.None)).ShouldBeSeen();

        (seen.Office?.Reveal(), seen.AlternateMobile?.Reveal(), seen.Mobile?.Reveal(), seen.SmsSignInReady, seen.Others)
            .ShouldBe(("+1 1x9", "+1 2", "+1 3", true, 1));
    }

    [Theory]
    [InlineData("""{"value":[{"phoneType":"mobile","phoneNumber":null}]}""", "PhoneNumberHidden")]
    [InlineData("""{"value":[{"phoneType":"mobile","phoneNumber":"+1 XXXXXXXX57"}]}""", "PhoneNumberMasked")]
    [InlineData("""{"value":[],"@odata.nextLink":"http://127.0.0.1:5005/x"}""", "UnexpectedNextLink")]
    [InlineData("""{}""", "InvalidAnswer")]
    [InlineData("""{"value":null}""", "InvalidAnswer")]
    public async Task An_answer_that_may_hide_a_phone_is_unknown_and_never_no_phone(string body, string code)
    {
        await using var world = new World(_ => Answer.Ok(body));

        (await world.Tenant.LookAsync(World.Id(1), MethodParts.Phones, World.None)).ShouldBeUnknown().ShouldBe(code);
    }

    [Fact]
    public async Task No_default_method_is_seen_as_none()
    {
        await using var world = new World(_ => Answer.Ok("""{"userPreferredMethodForSecondaryAuthentication":null}"""));

        var seen = (await world.Tenant.LookAsync(World.Id(1), MethodParts.Preferences, World.None)).ShouldBeSeen();

        (seen.Default, seen.SystemPreferred).ShouldBe((null, null));
    }

    [Fact]
    public async Task Reading_no_part_asks_nothing()
    {
        await using var world = new World(Good);

        var reads = await ReadAsync(world, Users(3), MethodParts.None);

        reads.Count.ShouldBe(3);
        world.Graph.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_refused_sign_in_is_no_answer_about_a_user()
    {
        await using var world = new World(Good, static options => options with { Credential = new FakeCredential { Fails = true } });

        await Should.ThrowAsync<SignIn.SignInException>(ReadAsync(world, Users(3), MethodParts.Phones));
    }

    [Fact]
    public async Task One_look_alone_is_a_plain_request()
    {
        await using var world = new World(Good);

        (await world.Tenant.LookAsync(World.Id(1), MethodParts.Phones, World.None)).ShouldBeSeen();

        var asked = world.Graph.Requests.Single();
        (asked.Method, asked.Path).ShouldBe(("GET", $"/v1.0/users/{World.Id(1)}/authentication/phoneMethods"));
    }

    [Fact]
    public async Task Looks_that_come_while_another_is_under_way_share_one_batch()
    {
        await using var world = new World(Good);
        world.Graph.Before = (_, token) => Task.Delay(TimeSpan.FromSeconds(1), world.Time, token);

        var looks = Task.WhenAll(Enumerable.Range(1, 15).Select(id => world.Tenant.LookAsync(World.Id(id), MethodParts.Phones, World.None)));
        await world.Time.RunAsync(looks);

        (await looks).ShouldAllBe(look => look is Observed<UserMethods>.Seen);
        world.Graph.Requests.Select(static asked => asked.Method).ShouldBe(["GET", "POST"]);
        world.Graph.Parts.Count.ShouldBe(14);
    }

    [Fact]
    public async Task One_slow_answer_does_not_hold_up_the_other_looks()
    {
        await using var world = new World(Good);
        var first = true;
        world.Graph.Before = (_, token) =>
        {
            var wait = first ? TimeSpan.FromSeconds(25) : TimeSpan.Zero;
            first = false;
            return Task.Delay(wait, world.Time, token);
        };
        var slow = world.Tenant.LookAsync(World.Id(1), MethodParts.Phones, World.None);
        var start = world.Time.GetUtcNow();

        await world.Time.RunAsync(world.Tenant.LookAsync(World.Id(2), MethodParts.Phones, World.None));

        (world.Time.GetUtcNow() - start).ShouldBeLessThan(TimeSpan.FromSeconds(1));
        slow.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task Closing_the_tenant_ends_all_waiting()
    {
        var world = new World(Good);
        world.Graph.Before = static (_, token) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
        var looks = Enumerable.Range(1, 50).Select(id => world.Tenant.LookAsync(World.Id(id), MethodParts.Phones, World.None)).ToList();

        await world.DisposeAsync();

        foreach (var look in looks)
        {
            (await Driven.IsDoneAsync(look)).ShouldBeTrue();
            look.IsCompletedSuccessfully.ShouldBeFalse();
        }
    }

    [Fact]
    public async Task Parts_that_say_the_budget_is_nearly_full_make_the_reading_slower()
    {
        await using var world = new World(asked => Good(asked).With("x-ms-throttle-limit-percentage", "0.95"));

        await ReadAsync(world, Users(400), MethodParts.Phones);

        world.Tenant.Limits[1].Limit.ShouldBeLessThan(4);
    }

    [Fact]
    public async Task A_look_that_is_cancelled_ends_at_once_and_harms_no_other()
    {
        await using var world = new World(Good);
        world.Graph.Before = (_, token) => Task.Delay(TimeSpan.FromSeconds(1), world.Time, token);
        using var stop = new CancellationTokenSource();

        var first = world.Tenant.LookAsync(World.Id(1), MethodParts.Phones, World.None);
        var second = world.Tenant.LookAsync(World.Id(2), MethodParts.Phones, stop.Token);
        var third = world.Tenant.LookAsync(World.Id(3), MethodParts.Phones, World.None);
        await stop.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(second);
        (await world.Time.RunAsync(Task.WhenAll(first, third))).ShouldAllBe(look => look is Observed<UserMethods>.Seen);
        world.Graph.Parts.Concat(world.Graph.Requests).ShouldNotContain(asked => asked.Path.Contains(World.Id(2).ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Whatever_the_service_refuses_at_random_every_user_comes_once_and_in_order()
    {
        var dice = 17u; // a linear congruential generator: the same throws every time
        await using var world = new World(asked => (((dice = (dice * 1_664_525) + 1_013_904_223) >> 16) % 10) switch
        {
            0 => Answer.Throttle("1"),
            1 => new Answer(503),
            _ => Good(asked),
        });

        var reads = await world.Time.RunAsync(world.Tenant.ReadMethodsAsync(Users(700), All, World.None).ListAsync(), TimeSpan.FromMilliseconds(500));

        reads.Select(static read => read.User).ShouldBe(Users(700));
        reads.Count(static read => read.Methods is Observed<UserMethods>.Seen).ShouldBeGreaterThan(690);
    }

    private static int NumberOf0(Asked asked) => asked.Path.EndsWith("$batch", StringComparison.Ordinal) ? 0 : NumberOf(asked);
}
