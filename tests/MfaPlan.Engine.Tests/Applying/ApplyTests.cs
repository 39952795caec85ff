using MfaPlan.Core.Guards;
using MfaPlan.Core.Journals;
using MfaPlan.Core.Privacy;
using MfaPlan.Core.Tenants;
using MfaPlan.Engine.Applying;
using MfaPlan.Engine.ChangeSets;

namespace MfaPlan.Engine.Tests.Applying;

public sealed class ApplyTests
{
    [Fact]
    public async Task A_second_apply_sends_nothing()
    {
        var world = new World();
        await world.FinishAsync();
        var sends = world.Tenant.Sends;

        await world.FinishAsync();

        sends.ShouldBeGreaterThan(0);
        world.Tenant.Sends.ShouldBe(sends);
    }

    [Fact]
    public async Task Applying_and_previewing_again_gives_an_empty_change_set()
    {
        var world = new World();
        (await world.ApplyAsync((await world.PreviewAsync()).Digest)).Complete.ShouldBeTrue();

        var again = await world.PreviewAsync();

        again.Footer.Totals.Changes.ShouldBe(0);
    }

    [Fact]
    public async Task A_preview_writes_nothing_and_gives_the_same_digest_twice()
    {
        var world = new World();

        var first = await world.PreviewAsync();
        world.Time.Advance(TimeSpan.FromDays(1));
        var second = await world.PreviewAsync();

        second.Digest.ShouldBe(first.Digest);
        world.Tenant.Sends.ShouldBe(0);
        world.State.JournalText.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_user_who_moved_since_the_preview_is_left_alone_and_the_others_are_not()
    {
        var world = new World();
        var preview = await world.PreviewAsync();
        world.Tenant.Set(World.IdOf(2), new UserMethods(MethodParts.None) { Mobile = new PhoneNumber("+1 2065550999") });

        var result = await world.ApplyAsync(preview.Digest);

        result.Complete.ShouldBeFalse();
        world.Tenant.Effects.ShouldNotContain(effect => effect.Unit.User == World.IdOf(2));
        world.Tenant.Truth(World.IdOf(2)).Mobile.ShouldBe(new PhoneNumber("+1 2065550999"));
        result.Outcomes["drifted"].ShouldBe(1);
        result.Outcomes["blocked"].ShouldBe(1);
        world.Events.OfType<ApplyEvent.UnitEnded>().Count(ended => ended.Outcomes.All(change => change.Is.IsInPlace)).ShouldBe(5);
    }

    [Fact]
    public async Task Too_many_moved_users_stop_the_run_before_the_rest()
    {
        var world = new World(users: 30);
        var preview = await world.PreviewAsync();
        for (var i = 1; i <= 30; i++)
        {
            world.Tenant.Set(World.IdOf(i), new UserMethods(MethodParts.None) { Mobile = new PhoneNumber("+1 2065550999") });
        }

        var result = await world.ApplyAsync(preview.Digest, new ApplyOptions { UnitsAtOnce = 1, MaxMoved = 2 });

        result.Stop.ShouldBe(ApplyStop.TooManyMoved);
        world.Tenant.Sends.ShouldBe(0);
        var open = (await world.State.ReadAsync(CancellationToken.None)).OpenRun.ShouldNotBeNull();
        open.Moved.ShouldBe(3);

        // Calling again does not give the limit anew.
        (await world.ApplyAsync(preview.Digest, new ApplyOptions { UnitsAtOnce = 1, MaxMoved = 2 })).Stop.ShouldBe(ApplyStop.TooManyMoved);
        (await world.State.ReadAsync(CancellationToken.None)).OpenRun.ShouldNotBeNull().Moved.ShouldBe(3);
    }

    [Fact]
    public async Task A_refused_change_blocks_what_follows_it_in_its_unit_only()
    {
        var world = new World();
        world.Tenant.Answer = static (_, unit, change) => unit.User == World.IdOf(2) && change.Id == "phone.mobile" ? FakeAnswer.Refused : FakeAnswer.Success;
        var preview = await world.PreviewAsync();

        var result = await world.ApplyAsync(preview.Digest);

        result.Outcomes["refused"].ShouldBe(1);
        result.Outcomes["blocked"].ShouldBe(1);
        world.Tenant.Truth(World.IdOf(2)).Default.ShouldBeNull();
        world.Tenant.Truth(World.IdOf(4)).Mobile.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_user_who_cannot_be_read_is_blocked_and_never_taken_for_empty()
    {
        var world = new World();
        var preview = await world.PreviewAsync();
        world.Tenant.Unreadable[World.IdOf(3)] = "accessDenied";

        var result = await world.ApplyAsync(preview.Digest);

        result.Outcomes["blocked"].ShouldBe(3);
        world.Tenant.Effects.ShouldNotContain(effect => effect.Unit.User == World.IdOf(3));
    }

    [Fact]
    public async Task An_unreadable_user_makes_the_preview_unknown()
    {
        var world = new World();
        world.Tenant.Unreadable[World.IdOf(3)] = "accessDenied";

        var preview = await world.PreviewAsync();

        preview.Footer.Verdict.ShouldBe(GuardVerdict.Unknown);
    }

    [Fact]
    public async Task Sittings_of_a_few_users_go_on_under_one_digest()
    {
        var world = new World();
        var digest = (await world.PreviewAsync()).Digest;

        var first = await world.ApplyAsync(digest, new ApplyOptions { MaxUsers = 2, UnitsAtOnce = 1 });
        var second = await world.ApplyAsync(digest, new ApplyOptions { MaxUsers = 3, UnitsAtOnce = 1 });
        var third = await world.ApplyAsync(digest);

        first.Stop.ShouldBe(ApplyStop.MaxUsers);
        (first.UnitsSettled, second.UnitsSettled, third.UnitsSettled).ShouldBe((2, 3, 1));
        third.RunId.ShouldBe(first.RunId);
        third.Complete.ShouldBeTrue();
    }

    [Fact]
    public async Task A_stopped_run_sees_open_units_through_and_stays_open()
    {
        var world = new World();
        using var stop = new CancellationTokenSource();
        world.Tenant.Answer = (n, _, _) =>
        {
            if (n == 1)
            {
                stop.Cancel();
            }

            return FakeAnswer.Success;
        };
        var digest = (await world.PreviewAsync()).Digest;

        var result = await world.ApplyAsync(digest, cancellationToken: stop.Token);

        result.Stop.ShouldBe(ApplyStop.Cancelled);
        var ledger = await world.State.ReadAsync(CancellationToken.None);
        ledger.OpenRun.ShouldNotBeNull();
        ledger.UnsettledCount.ShouldBe(0);
    }

    [Fact]
    public async Task Every_single_changed_byte_of_a_change_set_is_refused()
    {
        var world = new World(users: 2);
        var digest = (await world.PreviewAsync()).Digest;
        var bytes = world.State.ChangeSet(digest);

        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] ^= 0x01;
            await Should.ThrowAsync<ChangeSetBrokenException>(
                () => ChangeSetFile.VerifyAsync(world.State, digest, CancellationToken.None), $"byte {i}");
            bytes[i] ^= 0x01;
        }

        (await ChangeSetFile.VerifyAsync(world.State, digest, CancellationToken.None)).ShouldNotBeNull();
    }

    [Fact]
    public async Task No_number_or_name_stands_in_the_journal()
    {
        var world = new World();
        await world.FinishAsync();

        foreach (var line in world.State.JournalText)
        {
            line.ShouldNotContain("206555");
            line.ShouldNotContain("contoso.com");
        }

        world.State.JournalText.ShouldContain(line => line.Contains("\"kind\":\"settle\""));
        world.State.JournalText.Last().ShouldContain(RunResult.Complete);
    }
}
