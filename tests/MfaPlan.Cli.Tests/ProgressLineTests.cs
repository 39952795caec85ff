using System.Collections.Immutable;
using MfaPlan.Cli.Rendering;
using MfaPlan.Graph.Limiting;
using Microsoft.Extensions.Time.Testing;

namespace MfaPlan.Cli.Tests;

public sealed class ProgressLineTests : IDisposable
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 24, 10, 0, 0, TimeSpan.Zero));
    private readonly StringWriter _error = new() { NewLine = "\n" };
    private LimiterSnapshot _limit = new(Budget.Methods, 0, 0, 4, null, 0, 0, 0);

    [Fact]
    public void A_log_gets_one_line_a_minute_with_rate_and_time_left()
    {
        using var line = Line(interactive: false);
        line.At(0, 1200);
        for (var second = 1; second <= 120; second++)
        {
            line.At(second * 5, 1200);
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        _error.ToString().ShouldBe(
            "300 of 1200 users, 5.0 a second, time left 00:03:00\n600 of 1200 users, 5.0 a second, time left 00:02:00\n");
    }

    [Fact]
    public void A_terminal_gets_a_line_that_renews_itself_and_is_gone_at_the_end()
    {
        using (var line = Line(interactive: true))
        {
            line.At(10, 100);
            _time.Advance(TimeSpan.FromSeconds(1));
            line.Say("a unit needs a person");
        }

        _error.ToString().ShouldContain("\r\u001b[K10 of 100 users, 10.0 a second");
        _error.ToString().ShouldEndWith("\r\u001b[Ka unit needs a person\n");
        _time.Advance(TimeSpan.FromMinutes(5));
        _error.ToString().ShouldEndWith("a unit needs a person\n");
    }

    [Fact]
    public void While_the_service_has_us_wait_it_is_said_until_when()
    {
        using var line = Line(interactive: false);
        line.Begin(before: 40, total: 100);
        _limit = _limit with { Throttled = 3, PausedUntil = new DateTimeOffset(2026, 11, 24, 10, 2, 30, TimeSpan.Zero) };
        _time.Advance(TimeSpan.FromMinutes(1));

        _error.ToString().ShouldBe(
            "40 of 100 users, 0.0 a second, time left unknown, throttled 3 times, the service has us wait until 10:02:30 UTC\n");
    }

    [Fact]
    public void What_an_earlier_sitting_did_is_no_part_of_the_rate()
    {
        using var line = Line(interactive: false);
        line.Begin(before: 940, total: 1000);
        line.At(970, 1000);
        _limit = _limit with { Throttled = 1 };
        _time.Advance(TimeSpan.FromMinutes(1));

        _error.ToString().ShouldBe("970 of 1000 users, 0.5 a second, time left 00:01:00, throttled once\n");
    }

    public void Dispose() => _error.Dispose();

    private ProgressLine Line(bool interactive) => new(
        new CliHost
        {
            Out = TextWriter.Null,
            Error = _error,
            In = TextReader.Null,
            IsInteractive = interactive,
            Environment = ImmutableDictionary<string, string>.Empty,
            WorkingDirectory = "/",
            Time = _time,
            Random = static count => new byte[count],
        },
        "users",
        () => [_limit]);
}
