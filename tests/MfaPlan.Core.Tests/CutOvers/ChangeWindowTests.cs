using System.Globalization;
using CsCheck;
using MfaPlan.Core.Plans;

namespace MfaPlan.Core.Tests.CutOvers;

public sealed class ChangeWindowTests
{
    [Theory]
    [InlineData("Sat 06:00-10:00 Europe/Berlin", "2026-11-24T12:00Z", "2026-11-28T05:00Z", "2026-11-28T09:00Z")] // winter: one hour ahead
    [InlineData("Sat 06:00-10:00 Europe/Berlin", "2026-07-24T12:00Z", "2026-07-25T04:00Z", "2026-07-25T08:00Z")] // summer: two
    [InlineData("Sat 06:00-10:00 Europe/Berlin", "2026-11-28T05:00Z", "2026-11-28T05:00Z", "2026-11-28T09:00Z")] // from the first instant on
    [InlineData("Sat 06:00-10:00 Europe/Berlin", "2026-11-28T09:00Z", "2026-12-05T05:00Z", "2026-12-05T09:00Z")] // not in the last
    [InlineData("Fri 22:00-02:00 Europe/Berlin", "2026-11-28T00:30Z", "2026-11-27T21:00Z", "2026-11-28T01:00Z")] // into the next morning
    [InlineData("Sat 06:00-10:00 Pacific/Auckland", "2026-11-27T17:30Z", "2026-11-27T17:00Z", "2026-11-27T21:00Z")] // Saturday there
    [InlineData("Sun 02:30-04:00 Europe/Berlin", "2026-03-28T00:00Z", "2026-03-29T01:00Z", "2026-03-29T02:00Z")] // 02:30 does not exist: the jump
    [InlineData("Sun 01:00-02:30 Europe/Berlin", "2026-03-28T00:00Z", "2026-03-29T00:00Z", "2026-03-29T01:00Z")] // nor as the end
    [InlineData("Sun 02:10-02:50 Europe/Berlin", "2026-03-28T00:00Z", "2026-04-05T00:10Z", "2026-04-05T00:50Z")] // nothing is left of it: a week later
    [InlineData("Sun 02:30-03:30 Europe/Berlin", "2026-10-24T00:00Z", "2026-10-25T00:30Z", "2026-10-25T02:30Z")] // 02:30 comes twice: the first
    [InlineData("Sun 01:00-02:30 Europe/Berlin", "2026-10-24T00:00Z", "2026-10-24T23:00Z", "2026-10-25T00:30Z")] // closes at the first
    public void It_opens_and_closes_as_a_clock_on_the_wall_shows(string text, string now, string opens, string closes)
    {
        var window = ChangeWindow.Parse(text).ShouldNotBeNull();

        window.OpenOrNext(At(now)).ShouldBe((At(opens), At(closes)));
    }

    [Fact]
    public void Somebody_who_tries_every_minute_comes_to_the_same_word()
    {
        foreach (var text in (string[])["Sun 01:30-04:00 Europe/Berlin", "Sat 23:00-01:00 America/New_York", "Sun 00:00-23:59 UTC"])
        {
            var window = ChangeWindow.Parse(text)!;
            Gen.Int[0, 2_000_000].Sample(minutes =>
            {
                var now = new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(minutes);
                var (opens, closes) = window.OpenOrNext(now);

                (opens < closes && now < closes).ShouldBeTrue();
                window.OpenOrNext(opens).ShouldBe((opens, closes));
                window.OpenOrNext(closes).Opens.ShouldBeGreaterThan(now);
                (opens - now).ShouldBeLessThan(TimeSpan.FromDays(8));
            });
        }
    }

    private static DateTimeOffset At(string text) =>
        DateTimeOffset.ParseExact(text, "yyyy-MM-dd'T'HH:mm'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
