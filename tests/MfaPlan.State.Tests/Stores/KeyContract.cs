using System.Text;
using MfaPlan.Core.Journals;
using MfaPlan.Core.Privacy;
using MfaPlan.Engine.Ports;
using MfaPlan.State.Tests.Keys;

namespace MfaPlan.State.Tests.Stores;

/// <summary>What every store promises of its keys, wherever it keeps its bytes.</summary>
public abstract class KeyContract
{
    private static readonly string Before = new('a', 64);
    private static readonly string After = new('b', 64);

    /// <summary>Another key than the state was made with.</summary>
    internal static KeySource.Env Next { get; } =
        new("MFAPLAN_KEY", new Secret(Convert.ToBase64String([.. Enumerable.Range(100, 32).Select(static at => (byte)at)])));

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>An empty place.</summary>
    protected abstract Task<IStorePlace> NewAsync();

    [Fact]
    public async Task New_files_are_sealed_under_the_new_key_and_old_ones_stay_readable()
    {
        await using var place = await InitAsync();
        await place.Open().SealAsync(Before, "before");
        var old = place.Open().Keys;

        var active = await place.Open().RotateAsync("state rotate", next: null, newSeal: true, Stop);

        await place.Open().SealAsync(After, "after");
        (await place.Open().UnsealAsync(Before)).ShouldBe("before");
        (await place.Open().UnsealAsync(After)).ShouldBe("after");
        place.Open().Keys.Seal.Id.ShouldBe(active);
        active.ShouldNotBe(old.Seal.Id);
        var contents = await place.ContentsAsync();
        Encoding.UTF8.GetString(contents[$"changes/{Before}.mfachanges"]).ShouldContain($"\"key\":\"{old.Seal.Id}\"");
        Encoding.UTF8.GetString(contents[$"changes/{After}.mfachanges"]).ShouldContain($"\"key\":\"{active}\"");
    }

    [Fact]
    public async Task Values_are_compared_by_the_same_key_after_every_rotation()
    {
        await using var place = await InitAsync();
        var before = place.Open().Keys.Values;

        await place.Open().RotateAsync("state rotate", next: null, newSeal: true, Stop);
        await place.Open().RotateAsync("state rotate", Next, newSeal: true, Stop);

        var after = place.OpenWith(Next).Keys.Values;
        (after.Id, Convert.ToHexString(after.ToArray())).ShouldBe((before.Id, Convert.ToHexString(before.ToArray())));
    }

    [Fact]
    public async Task After_the_wrapping_key_changed_only_the_new_one_opens()
    {
        await using var place = await InitAsync();
        await place.Open().SealAsync(Before, "before");

        await place.Open().RotateAsync("state rotate", Next, newSeal: false, Stop);

        (await place.OpenWith(Next).UnsealAsync(Before)).ShouldBe("before");
        Should.Throw<StateException>(() => place.Open().Keys).Code.ShouldBe(StateDiagnostics.KeyWrong.Code);
    }

    [Fact]
    public async Task A_vault_takes_over_from_a_key_and_wraps_by_its_newest_version_at_the_next_rotation()
    {
        using var vault = new FakeVault(Vaults.Key);
        await using var place = await InitAsync();
        await place.Open().SealAsync(Before, "before");
        await place.Open().RotateAsync("state rotate", Vaults.Source(vault), newSeal: false, Stop);
        var first = vault.Newest;
        vault.AddVersion();
        vault.Requests.Clear();

        await place.OpenWith(Vaults.Source(vault)).RotateAsync("state rotate", next: null, newSeal: false, Stop);

        vault.Requests.Count(static request => request.Contains("/unwrapkey", StringComparison.Ordinal)).ShouldBe(1);
        vault.Requests.Count(static request => request.Contains("/wrapkey", StringComparison.Ordinal)).ShouldBe(1);
        vault.Remove(first);
        (await place.OpenWith(Vaults.Source(vault)).UnsealAsync(Before)).ShouldBe("before");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Rotation_and_shredding_write_the_state_file_and_nothing_else(bool shred)
    {
        await using var place = await InitAsync();
        await AppendAsync(place, StateFolder.Run(), StateFolder.Close());
        await place.Open().SealAsync(Before, "before");
        var before = await place.ContentsAsync();

        await (shred ? place.Open().ShredAsync("state shred", "grace", Stop) : place.Open().RotateAsync("state rotate", null, newSeal: true, Stop));

        var after = await place.ContentsAsync();
        after.Keys.ShouldBe(before.Keys, ignoreOrder: true);
        after.Keys.Where(name => !after[name].AsSpan().SequenceEqual(before[name])).ShouldBe(["state.json"]);
        (await place.Open().WhoAsync(Stop)).ShouldBeNull();
    }

    [Fact]
    public async Task A_held_lock_refuses_and_a_wrong_key_changes_nothing()
    {
        await using var place = await InitAsync();
        var before = (await place.ContentsAsync())["state.json"];
        await using (await place.Open().OpenAsync("apply", Stop))
        {
            await Should.ThrowAsync<StateLockedException>(() => place.Open().RotateAsync("state rotate", null, newSeal: true, Stop));
            await Should.ThrowAsync<StateLockedException>(() => place.Open().ShredAsync("state shred", "grace", Stop));
        }

        (await Should.ThrowAsync<StateException>(() => place.OpenWith(Next).RotateAsync("state rotate", null, newSeal: true, Stop)))
            .Code.ShouldBe(StateDiagnostics.KeyWrong.Code);

        (await place.ContentsAsync())["state.json"].ShouldBe(before);
    }

    [Fact]
    public async Task A_shredded_state_reads_its_journal_and_says_when_and_by_whom_of_everything_that_needs_a_key()
    {
        await using var place = await InitAsync();
        await AppendAsync(place, StateFolder.Run(), StateFolder.Close());
        await place.Open().SealAsync(Before, "before");

        await place.OpenWith(new KeySource.None()).ShredAsync("state shred", "grace", Stop);

        (await place.OpenWith(new KeySource.None()).ReadAsync(Stop)).Runs.ShouldHaveSingleItem().Id.ShouldBe("3f9a");
        var thrown = Should.Throw<StateException>(() => place.Open().Keys);
        thrown.Code.ShouldBe(StateDiagnostics.Shredded.Code);
        thrown.Message.ShouldContain("2026-11-24 12:00:00Z by grace on ");
        var shredded = place.Open().Shredded.ShouldNotBeNull();
        shredded.At.ShouldBe(StateFolder.Start);
        shredded.By.ShouldStartWith("grace on ");
        var file = StateFile.Read((await place.ContentsAsync())["state.json"]);
        file.Keys.ShouldBeEmpty();
        file.Vault.ShouldBeNull();
    }

    [Fact]
    public async Task Shredding_is_done_once_cannot_be_rotated_back_and_leaves_the_journal_to_be_appended_to()
    {
        await using var place = await InitAsync();
        await AppendAsync(place, StateFolder.Run(), StateFolder.Close());
        await place.Open().ShredAsync("state shred", "grace", Stop);

        (await Should.ThrowAsync<StateException>(() => place.Open().ShredAsync("state shred", "heidi", Stop))).Message.ShouldContain("grace");
        (await Should.ThrowAsync<StateException>(() => place.Open().RotateAsync("state rotate", null, newSeal: true, Stop)))
            .Code.ShouldBe(StateDiagnostics.Shredded.Code);
        await AppendAsync(place, StateFolder.Run("77aa"));

        (await place.Open().ReadAsync(Stop)).LastN.ShouldBe(4);
    }

    private static async Task AppendAsync(IStorePlace place, params JournalEntry[] entries)
    {
        await using var session = await place.Open().OpenAsync("apply", Stop);
        foreach (var entry in entries)
        {
            await session.Journal.AppendAsync(entry);
        }
    }

    private async Task<IStorePlace> InitAsync()
    {
        var place = await NewAsync();
        place.Init();
        return place;
    }
}
