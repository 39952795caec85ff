using MfaPlan.Core.Tenants;
using MfaPlan.Engine.Previewing;
using MfaPlan.Engine.Tests.Applying;

namespace MfaPlan.Engine.Tests.Previewing;

public sealed class SpoolTests
{
    private const int Users = 12;
    private byte _salts;

    [Fact]
    public async Task A_preview_killed_at_any_user_goes_on_there_and_ends_with_the_same_digest()
    {
        var whole = (await new World(Users).PreviewAsync(Anew())).Digest;
        for (var killed = 0; killed < Users; killed++)
        {
            var world = new World(Users);
            world.KillAt(killed);
            await Should.ThrowAsync<KilledException>(world.PreviewAsync(Terms(world)));
            world.Restart();

            var looks = world.KillAt(-1);
            (await world.PreviewAsync(Terms(world))).Digest.ShouldBe(whole, $"killed at user {killed}");
            looks.Steps.ShouldBe(Users - killed);
            world.State.Notes.Count.ShouldBe(0);
        }
    }

    [Fact]
    public async Task Killed_again_and_again_it_reads_everybody_once()
    {
        var whole = (await new World(Users).PreviewAsync(Anew())).Digest;
        var world = new World(Users);
        for (var sitting = 0; sitting < Users - 1; sitting++)
        {
            world.KillAt(1);
            await Should.ThrowAsync<KilledException>(world.PreviewAsync(Terms(world)));
            world.Restart();
        }

        var looks = world.KillAt(-1);
        (await world.PreviewAsync(Terms(world))).Digest.ShouldBe(whole);
        looks.Steps.ShouldBe(1);
        world.State.Notes.Count.ShouldBe(0);
    }

    [Fact]
    public async Task A_note_cut_anywhere_costs_reads_and_nothing_else()
    {
        var whole = (await new World(Users).PreviewAsync(Anew())).Digest;
        for (var cut = 0; cut < 2000; cut += 7)
        {
            var world = await KilledAsync(at: 9);
            world.State.Notes.Cut(cut);

            (await world.PreviewAsync(Terms(world))).Digest.ShouldBe(whole, $"{cut} bytes cut");
        }
    }

    [Fact]
    public async Task What_is_older_than_asked_for_is_read_anew()
    {
        var world = await KilledAsync(at: 9);
        world.Time.Advance(TimeSpan.FromMinutes(61));

        (await LooksAsync(world)).ShouldBe(Users);
    }

    [Fact]
    public async Task With_no_reuse_everything_is_read_anew()
    {
        var world = await KilledAsync(at: 9);

        var looks = world.KillAt(-1);
        await world.PreviewAsync(new SpoolTerms(Salt(), Since: null));
        looks.Steps.ShouldBe(Users);
        world.State.Notes.Count.ShouldBe(0);
    }

    [Fact]
    public async Task After_a_write_of_ours_a_note_is_worth_nothing()
    {
        var world = new World(Users);
        var earlier = await world.PreviewAsync();
        world.KillAt(9);
        await Should.ThrowAsync<KilledException>(world.PreviewAsync(Terms(world)));
        world.Restart();
        await world.ApplyAsync(earlier.Digest);

        (await LooksAsync(world)).ShouldBe(Users);
        (await world.PreviewAsync(Terms(world))).Footer.Totals.Changed.ShouldBe(0);
    }

    [Fact]
    public async Task Who_could_not_be_read_is_asked_about_again_and_nobody_else()
    {
        var world = new World(Users);
        world.Tenant.Unreadable[World.IdOf(4)] = "HTTP503";
        (await world.PreviewAsync(Terms(world))).Footer.Totals.Unknown.ShouldBe(1);
        world.Tenant.Unreadable.Clear();

        (await LooksAsync(world)).ShouldBe(1);
        world.State.Notes.Count.ShouldBe(0);
    }

    [Fact]
    public async Task A_note_of_other_parts_is_not_taken()
    {
        var world = new World(Users, "defaultMethod: leave");
        world.KillAt(9);
        await Should.ThrowAsync<KilledException>(world.PreviewAsync(Terms(world)));
        world.Restart();

        // The same plan but for the default method, which needs the preferences too.
        var other = new World(Users);
        foreach (var name in await world.State.Notes.ListAsync(CancellationToken.None))
        {
            await using var note = (await world.State.Notes.OpenAsync(name, CancellationToken.None)).ShouldNotBeNull();
            await note.CopyToAsync((await other.State.Notes.CreateAsync(CancellationToken.None)).Stream);
        }

        (await LooksAsync(other)).ShouldBe(Users);
    }

    [Fact]
    public async Task A_finished_preview_looks_at_everybody_the_next_time()
    {
        var world = new World(Users);
        await world.PreviewAsync(Terms(world));
        world.Tenant.Set(World.IdOf(2), new UserMethods(MethodParts.None) { Mobile = new("+1 2065550999") });

        var next = await world.PreviewAsync(Terms(world));
        next.Footer.Totals.Of("MFP3027").ShouldBe(1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_way_back_killed_before_it_was_kept_has_its_notes_still_and_reads_nobody_again(bool ofPolicy)
    {
        var world = ofPolicy ? PolicyApplyTests.New() : new World(Users);
        var run = (await world.ApplyAsync((await world.PreviewAsync()).Digest)).RunId;
        world.State.Committing = static () => throw new KilledException();
        await Should.ThrowAsync<KilledException>(world.PreviewRollbackAsync(run, Terms(world)));
        world.State.Committing = null;
        world.State.Notes.Count.ShouldBe(1);

        var looks = world.KillAt(-1);
        var back = await world.PreviewRollbackAsync(run, Terms(world));

        back.Footer.Totals.Users.ShouldBeGreaterThan(0);
        looks.Steps.ShouldBe(0);
        world.State.Notes.Count.ShouldBe(0);
    }

    private async Task<World> KilledAsync(int at)
    {
        var world = new World(Users);
        world.KillAt(at);
        await Should.ThrowAsync<KilledException>(world.PreviewAsync(Terms(world)));
        world.Restart();
        return world;
    }

    private async Task<int> LooksAsync(World world)
    {
        var looks = world.KillAt(-1);
        await world.PreviewAsync(Terms(world));
        return looks.Steps;
    }

    private SpoolTerms Terms(World world) => new(Salt(), world.Time.GetUtcNow() - TimeSpan.FromHours(1));

    private SpoolTerms Anew() => new(Salt(), null);

    private byte[] Salt() => [.. Enumerable.Repeat(++_salts, 32)];
}
