using MfaPlan.Graph.Limiting;
using Microsoft.Extensions.Time.Testing;

namespace MfaPlan.Graph.Tests;

public sealed class LimiterTests : IDisposable
{
    private static readonly AnswerSignal Good = new(Throttled: false, Failed: false, null, null);
    private static readonly AnswerSignal Bad = Good with { Failed = true };

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private AdaptiveLimiter? _limiter;

    public void Dispose() => _limiter?.Dispose();

    private AdaptiveLimiter New(int max = 64, Func<BudgetRules, BudgetRules>? change = null)
    {
        var rules = new BudgetRules(max);
        return _limiter = new AdaptiveLimiter(Budget.Methods, change is null ? rules : change(rules), _time);
    }

    private static AnswerSignal Refused(int? seconds) =>
        new(Throttled: true, Failed: false, seconds is { } wait ? TimeSpan.FromSeconds(wait) : null, null);

    private static ValueTask<Permit> TakeAsync(AdaptiveLimiter limiter, bool write = false) => limiter.AcquireAsync(write, CancellationToken.None);

    private static async Task<List<Permit>> FillAsync(AdaptiveLimiter limiter)
    {
        var permits = new List<Permit>();
        for (var count = limiter.Limit - limiter.Snapshot().InFlight; count > 0; count--)
        {
            permits.Add(await TakeAsync(limiter));
        }

        return permits;
    }

    [Fact]
    public async Task It_starts_with_four_and_the_fifth_waits_for_a_permit_to_come_back()
    {
        var limiter = New();
        var permits = await FillAsync(limiter);
        permits.Count.ShouldBe(4);

        var fifth = TakeAsync(limiter).AsTask();

        (await Driven.IsDoneAsync(fifth)).ShouldBeFalse();
        limiter.Release(permits[0], Bad);
        (await Driven.IsDoneAsync(fifth)).ShouldBeTrue();
    }

    [Fact]
    public async Task The_limit_grows_by_one_for_each_window_of_successes_up_to_its_maximum()
    {
        var limiter = New(6);

        foreach (var expected in (int[])[5, 6, 6])
        {
            foreach (var permit in await FillAsync(limiter))
            {
                limiter.Release(permit, Good);
                await TakeAsync(limiter);
            }

            limiter.Limit.ShouldBe(expected);
            while (limiter.Snapshot().InFlight > 0)
            {
                limiter.Release(default, Bad);
            }
        }
    }

    [Fact]
    public async Task A_limit_that_is_not_used_does_not_grow()
    {
        var limiter = New();

        for (var count = 0; count < 100; count++)
        {
            limiter.Release(await TakeAsync(limiter), Good);
        }

        limiter.Limit.ShouldBe(4);
    }

    [Fact]
    public async Task A_refusal_halves_the_limit_once_for_all_that_was_in_flight_with_it()
    {
        var limiter = New(64, static rules => rules with { Start = 16 });
        var permits = await FillAsync(limiter);

        permits.ForEach(permit => limiter.Release(permit, Refused(1)));

        limiter.Limit.ShouldBe(8);
        limiter.Snapshot().Throttled.ShouldBe(16);
    }

    [Fact]
    public async Task The_limit_never_falls_below_one()
    {
        var limiter = New();

        for (var count = 0; count < 10; count++)
        {
            limiter.Release(await _time.RunAsync(TakeAsync(limiter).AsTask()), Refused(1));
        }

        limiter.Limit.ShouldBe(1);
    }

    [Fact]
    public async Task Nothing_goes_before_the_wait_is_over()
    {
        var limiter = New();
        limiter.Release(await TakeAsync(limiter), Refused(30));
        limiter.Snapshot().PausedUntil.ShouldBe(_time.GetUtcNow().AddSeconds(30));

        var next = TakeAsync(limiter).AsTask();
        _time.Advance(TimeSpan.FromSeconds(29.9));
        (await Driven.IsDoneAsync(next)).ShouldBeFalse();
        _time.Advance(TimeSpan.FromSeconds(0.2));

        (await Driven.IsDoneAsync(next)).ShouldBeTrue();
        limiter.Snapshot().PausedUntil.ShouldBeNull();
    }

    [Fact]
    public async Task A_shorter_wait_does_not_shorten_a_longer_one()
    {
        var limiter = New();
        var permits = await FillAsync(limiter);
        limiter.Release(permits[0], Refused(30));
        limiter.Release(permits[1], Refused(1));

        limiter.Snapshot().PausedUntil.ShouldBe(_time.GetUtcNow().AddSeconds(30));
    }

    [Fact]
    public async Task A_refusal_without_a_wait_backs_off_twice_as_long_each_time_until_one_succeeds()
    {
        var limiter = New(64, static rules => rules with { FirstBackoff = TimeSpan.FromSeconds(2), LongestBackoff = TimeSpan.FromSeconds(10) });
        var waits = new List<double>();
        for (var count = 0; count < 5; count++)
        {
            limiter.Release(await _time.RunAsync(TakeAsync(limiter).AsTask()), count == 4 ? Good : Refused(null));
            waits.Add(((limiter.Snapshot().PausedUntil ?? _time.GetUtcNow()) - _time.GetUtcNow()).TotalSeconds);
        }

        limiter.Release(await TakeAsync(limiter), Refused(null));

        waits.ShouldBe([2, 4, 8, 10, 0]);
        (limiter.Snapshot().PausedUntil - _time.GetUtcNow()).ShouldBe(TimeSpan.FromSeconds(2));
    }

    [Theory]
    [InlineData(0.79, 5)]
    [InlineData(0.8, 4)]
    [InlineData(0.95, 3)]
    [InlineData(1.2, 3)]
    public async Task Growth_ends_and_turns_round_as_the_service_says_it_is_filling_up(double fullness, int limit)
    {
        var limiter = New();

        foreach (var permit in await FillAsync(limiter))
        {
            limiter.Release(permit, Good with { Fullness = fullness });
            if (limiter.Snapshot().InFlight < limiter.Limit)
            {
                await TakeAsync(limiter);
            }
        }

        limiter.Limit.ShouldBe(limit);
    }

    [Fact]
    public async Task One_refused_part_of_twenty_stops_nothing_and_half_of_them_stop_all()
    {
        var limiter = New(64, static rules => rules with { Start = 40 });

        limiter.NoteRefusedParts(1, 20, TimeSpan.FromSeconds(9));
        limiter.NoteRefusedParts(1, 20, TimeSpan.FromSeconds(9));
        var after = limiter.Snapshot();
        await FillAsync(limiter);
        limiter.NoteRefusedParts(10, 20, TimeSpan.FromSeconds(9));

        (after.Limit, after.PausedUntil).ShouldBe((39, null));
        limiter.Snapshot().Limit.ShouldBe(29);
        limiter.Snapshot().PausedUntil.ShouldBe(_time.GetUtcNow().AddSeconds(9));
    }

    [Fact]
    public async Task Whoever_stops_waiting_takes_no_permit()
    {
        var limiter = New(1);
        var held = await TakeAsync(limiter);
        using var stop = new CancellationTokenSource();
        var gone = limiter.AcquireAsync(write: false, stop.Token).AsTask();
        var next = TakeAsync(limiter).AsTask();

        await stop.CancelAsync();
        limiter.Release(held, Good);

        await Should.ThrowAsync<OperationCanceledException>(gone);
        (await Driven.IsDoneAsync(next)).ShouldBeTrue();
        limiter.Snapshot().InFlight.ShouldBe(1);
    }

    [Fact]
    public async Task A_write_that_waits_for_its_pace_does_not_hold_up_a_read()
    {
        var pacer = new Pacer(Pace.Every(TimeSpan.FromSeconds(10)), _time);
        var limiter = New(64, rules => rules with { WritePacer = pacer });
        limiter.Release(await TakeAsync(limiter, write: true), Good);

        var write = TakeAsync(limiter, write: true).AsTask();
        var read = TakeAsync(limiter).AsTask();

        (await Driven.IsDoneAsync(read)).ShouldBeTrue();
        (await Driven.IsDoneAsync(write)).ShouldBeFalse();
        _time.Advance(TimeSpan.FromSeconds(10.1));
        (await Driven.IsDoneAsync(write)).ShouldBeTrue();
    }

    [Fact]
    public void A_pace_never_exceeds_its_limit_in_any_window_and_uses_nearly_all_of_it()
    {
        var pacer = new Pacer(Pace.PublishedWrites, _time);
        var sent = new List<double>();
        var start = _time.GetUtcNow();
        while (_time.GetUtcNow() - start < TimeSpan.FromSeconds(600))
        {
            while (pacer.TryTake(out _))
            {
                sent.Add((_time.GetUtcNow() - start).TotalSeconds);
            }

            _time.Advance(TimeSpan.FromMilliseconds(100));
        }

        Enumerable.Range(0, sent.Count - 3_000).ShouldAllBe(index => sent[index + 3_000] - sent[index] >= 150);
        sent.Count.ShouldBeGreaterThan((int)(4 * 3_000 * 0.98));
    }

    // The service counts a window of 150 s; what exceeds it is refused and told to wait. A lower limit than the published one stands for
    // another app that writes too.
    [Theory]
    [InlineData(3_000, 0.95)]
    [InlineData(2_400, 0.9)]
    public async Task Writes_reach_nearly_the_permitted_rate_with_hardly_a_refusal(int permitted, double share)
    {
        const int Windows = 8;
        var pacer = new Pacer(Pace.PublishedWrites, _time);
        var limiter = New(64, rules => rules with { WritePacer = pacer });
        var window = TimeSpan.FromSeconds(150);
        var accepted = new Queue<DateTimeOffset>();
        var writers = Enumerable.Range(0, 16).Select(static _ => new Writer()).ToList();
        var (good, refused) = (0, 0);

        for (var end = _time.GetUtcNow() + (Windows * window); _time.GetUtcNow() < end; _time.Advance(TimeSpan.FromMilliseconds(50)))
        {
            foreach (var writer in writers)
            {
                await StepAsync(writer);
            }
        }

        ((double)refused / (good + refused)).ShouldBeLessThanOrEqualTo(0.01);
        ((double)good / (permitted * Windows)).ShouldBeGreaterThanOrEqualTo(share);

        // A writer asks for leave, has its answer 100 ms after it got it, and asks again.
        async Task StepAsync(Writer writer)
        {
            var now = _time.GetUtcNow();
            writer.Asking ??= TakeAsync(limiter, write: true).AsTask();
            if (!writer.Asking.IsCompletedSuccessfully)
            {
                return;
            }

            if (writer.Answer == default)
            {
                writer.Answer = now.AddMilliseconds(100);
            }
            else if (now >= writer.Answer)
            {
                while (accepted.TryPeek(out var oldest) && oldest <= now - window)
                {
                    accepted.Dequeue();
                }

                var room = accepted.Count < permitted;
                if (room)
                {
                    accepted.Enqueue(now);
                }

                (good, refused) = room ? (good + 1, refused) : (good, refused + 1);
                limiter.Release(await writer.Asking, room ? Good : Refused(1));
                (writer.Asking, writer.Answer) = (null, default);
            }
        }
    }

    [Fact]
    public void Each_budget_has_its_own_limits()
    {
        using var limiters = new Limiters(64, Pace.PublishedWrites, Pace.PublishedReports, _time);

        limiters.Snapshot().Select(static snapshot => (snapshot.Budget, snapshot.Limit)).ShouldBe(
        [
            (Budget.Directory, 4), (Budget.Methods, 4), (Budget.Reports, 1), (Budget.Activations, 4), (Budget.ConditionalAccess, 1),
        ]);
    }

    [Theory]
    [InlineData(Budget.Reports, 10, 5)]
    [InlineData(Budget.ConditionalAccess, 10, 9)]
    [InlineData(Budget.Activations, 300, 200)]
    internal async Task A_budget_with_a_published_limit_stays_within_it(Budget budget, int seconds, int most)
    {
        using var limiters = new Limiters(64, null, Pace.PublishedReports, _time);
        var limiter = limiters[budget];
        var sent = 0;
        for (var end = _time.GetUtcNow().AddSeconds(seconds); _time.GetUtcNow() < end;)
        {
            var permit = TakeAsync(limiter).AsTask();
            while (!permit.IsCompletedSuccessfully && _time.GetUtcNow() < end)
            {
                _time.Advance(TimeSpan.FromMilliseconds(100));
            }

            if (permit.IsCompletedSuccessfully)
            {
                sent++;
                limiter.Release(await permit, Good);
            }
        }

        sent.ShouldBeInRange(most * 8 / 10, most);
    }

    [Fact]
    public async Task The_rate_is_that_of_the_last_ten_seconds()
    {
        var limiter = New();
        for (var count = 0; count < 20; count++)
        {
            limiter.Release(await TakeAsync(limiter), Good);
        }

        limiter.Snapshot().RequestsPerSecond.ShouldBe(2);
        _time.Advance(TimeSpan.FromSeconds(11));
        limiter.Snapshot().RequestsPerSecond.ShouldBe(0);
        limiter.Snapshot().Requests.ShouldBe(20);
    }

    private sealed class Writer
    {
        public Task<Permit>? Asking { get; set; }

        public DateTimeOffset Answer { get; set; }
    }
}
