using System.Text;
using MfaPlan.Core.Privacy;
using MfaPlan.Core.Sealing;

namespace MfaPlan.State.Tests.Keys;

public sealed class RotationTests
{
    private static readonly string Before = new('a', 64);
    private static readonly string After = new('b', 64);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static KeySource.Env Next { get; } =
        new("MFAPLAN_KEY", new Secret(Convert.ToBase64String([.. Enumerable.Range(100, 32).Select(static at => (byte)at)])));

    [Fact]
    public async Task New_files_are_sealed_under_the_new_key_and_old_ones_stay_readable()
    {
        using var folder = new StateFolder();
        await folder.Seal(Before);
        var old = folder.Open().Keys;

        var active = await folder.Open().RotateAsync("state rotate", next: null, newSeal: true, Stop);

        await folder.Seal(After);
        var keys = folder.Open().Keys;
        (await folder.Unseal(Before)).ShouldBe(Before);
        (await folder.Unseal(After)).ShouldBe(After);
        keys.Seal.Id.ShouldBe(active);
        keys.Seal.Id.ShouldNotBe(old.Seal.Id);
        File.ReadAllText(folder.ChangeSet(Before)).ShouldContain($"\"key\":\"{old.Seal.Id}\"");
        File.ReadAllText(folder.ChangeSet(After)).ShouldContain($"\"key\":\"{active}\"");
    }

    [Fact]
    public async Task Values_are_compared_by_the_same_key_after_every_rotation()
    {
        using var folder = new StateFolder();
        var before = folder.Open().Keys.Values;

        await folder.Open().RotateAsync("state rotate", next: null, newSeal: true, Stop);
        await folder.Open().RotateAsync("state rotate", Next, newSeal: true, Stop);

        var after = folder.Open(Next).Keys.Values;
        (after.Id, Convert.ToHexString(after.ToArray())).ShouldBe((before.Id, Convert.ToHexString(before.ToArray())));
    }

    [Fact]
    public async Task After_the_wrapping_key_changed_only_the_new_one_opens()
    {
        using var folder = new StateFolder();
        await folder.Seal(Before);

        await folder.Open().RotateAsync("state rotate", Next, newSeal: false, Stop);

        (await folder.Unseal(Before, Next)).ShouldBe(Before);
        Should.Throw<StateException>(() => folder.Open().Keys).Code.ShouldBe(StateDiagnostics.KeyWrong.Code);
    }

    [Fact]
    public async Task A_vault_takes_over_from_a_key_and_wraps_by_its_newest_version_at_the_next_rotation()
    {
        using var vault = new FakeVault(Vaults.Key);
        using var folder = new StateFolder();
        await folder.Seal(Before);
        await folder.Open().RotateAsync("state rotate", Vaults.Source(vault), newSeal: false, Stop);
        var first = vault.Newest;
        vault.AddVersion();

        await folder.Open(Vaults.Source(vault)).RotateAsync("state rotate", next: null, newSeal: false, Stop);

        vault.Remove(first);
        (await folder.Unseal(Before, Vaults.Source(vault))).ShouldBe(Before);
    }

    [Fact]
    public async Task Rotation_writes_the_state_file_and_nothing_else()
    {
        using var folder = new StateFolder();
        await folder.Append(StateFolder.Run(), StateFolder.Close());
        await folder.Seal(Before);
        var before = folder.Contents();

        await folder.Open().RotateAsync("state rotate", next: null, newSeal: true, Stop);

        var after = folder.Contents();
        after.Keys.ShouldBe(before.Keys, ignoreOrder: true);
        after.Keys.Where(name => after[name] != before[name]).ShouldBe(["state.json"]);
    }

    [Theory]
    [InlineData(nameof(WriteStep.Made))]
    [InlineData(nameof(WriteStep.Written))]
    [InlineData(nameof(WriteStep.Flushed))]
    [InlineData(nameof(WriteStep.Named))]
    public async Task A_kill_after_any_step_leaves_a_state_that_the_old_or_the_new_key_opens(string step)
    {
        var at = Enum.Parse<WriteStep>(step);
        using var folder = new StateFolder();
        await folder.Seal(Before);
        var state = folder.Open();
        state.AfterStep = reached =>
        {
            if (reached == at)
            {
                throw new KilledException();
            }
        };

        await Should.ThrowAsync<KilledException>(() => state.RotateAsync("state rotate", Next, newSeal: true, Stop));

        var (works, not) = at == WriteStep.Named ? (Next, StateFolder.Key) : (StateFolder.Key, Next);
        (await folder.Unseal(Before, works)).ShouldBe(Before);
        Should.Throw<StateException>(() => folder.Open(not).Keys).Code.ShouldBe(StateDiagnostics.KeyWrong.Code);
        await folder.Open(works).RotateAsync("state rotate", Next, newSeal: true, Stop);
        (await folder.Unseal(Before, Next)).ShouldBe(Before);
    }

    [Fact]
    public async Task A_held_lock_refuses_and_a_wrong_key_changes_nothing()
    {
        using var folder = new StateFolder();
        var before = File.ReadAllBytes(folder.StateJson);
        await using (await folder.Open().OpenAsync("apply", Stop))
        {
            await Should.ThrowAsync<Engine.Ports.StateLockedException>(() => folder.Open().RotateAsync("state rotate", null, newSeal: true, Stop));
        }

        (await Should.ThrowAsync<StateException>(() => folder.Open(Next).RotateAsync("state rotate", null, newSeal: true, Stop)))
            .Code.ShouldBe(StateDiagnostics.KeyWrong.Code);

        File.ReadAllBytes(folder.StateJson).ShouldBe(before);
    }

    [Fact]
    public async Task A_state_of_the_first_format_is_rotated_into_the_newest_and_reads_on()
    {
        using var folder = new StateFolder(init: false);
        Directory.CreateDirectory(folder.Changes);
        File.Copy(Path.Combine(GoldenStateTests.Folder, "state.json"), folder.StateJson);
        var digest = Path.GetFileNameWithoutExtension(Directory.GetFiles(Path.Combine(GoldenStateTests.Folder, "changes"))[0]);
        File.Copy(Path.Combine(GoldenStateTests.Folder, "changes", digest + ".mfachanges"), folder.ChangeSet(digest));
        var key = new KeySource.File(Path.Combine(GoldenStateTests.Folder, "key"), CreateIfMissing: false);
        var values = folder.Open(key).Keys.Values.ToArray();

        await folder.Open(key).RotateAsync("state rotate", next: null, newSeal: true, Stop);

        Encoding.UTF8.GetString(File.ReadAllBytes(folder.StateJson)).ShouldStartWith("{\"format\":2,");
        var state = folder.Open(key);
        state.Keys.Values.ToArray().ShouldBe(values);
        await using var stream = (await state.OpenChangeSetAsync(digest, Stop)).ShouldNotBeNull();
        SealedBlockReader.Read(stream, state.Keys.FindSeal).Count().ShouldBe(12);
    }
}
