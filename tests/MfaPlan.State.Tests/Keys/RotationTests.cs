using System.Text;
using MfaPlan.Core.Sealing;
using MfaPlan.State.Tests.Stores;

namespace MfaPlan.State.Tests.Keys;

public sealed class RotationTests
{
    private static readonly string Before = new('a', 64);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static KeySource.Env Next => KeyContract.Next;

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
