using MfaPlan.Core.Sealing;

namespace MfaPlan.State.Tests.Keys;

public sealed class ShredTests
{
    private static readonly string Digest = new('a', 64);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_journal_reads_and_everything_that_needs_a_key_says_when_and_by_whom()
    {
        using var folder = new StateFolder();
        await folder.Append(StateFolder.Run(), StateFolder.Close());
        await folder.Seal(Digest);

        await folder.Open(new KeySource.None()).ShredAsync("state shred", "grace", Stop);

        (await folder.Open(new KeySource.None()).ReadAsync(Stop)).Runs.ShouldHaveSingleItem().Id.ShouldBe("3f9a");
        var thrown = Should.Throw<StateException>(() => folder.Open().Keys);
        thrown.Code.ShouldBe(StateDiagnostics.Shredded.Code);
        thrown.Message.ShouldContain("2026-11-24 12:00:00Z by grace on ");
        var shredded = folder.Open().Shredded.ShouldNotBeNull();
        shredded.At.ShouldBe(StateFolder.Start);
        shredded.By.ShouldStartWith("grace on ");
    }

    [Fact]
    public async Task No_key_is_left_in_the_folder_that_opens_what_was_sealed()
    {
        using var folder = new StateFolder();
        await folder.Open().RotateAsync("state rotate", next: null, newSeal: true, Stop);
        await folder.Seal(Digest);
        var kept = File.ReadAllBytes(folder.ChangeSet(Digest));

        await folder.Open().ShredAsync("state shred", "grace", Stop);

        var file = StateFile.Read(File.ReadAllBytes(folder.StateJson));
        file.Keys.ShouldBeEmpty();
        file.Vault.ShouldBeNull();
        using var other = new StateFolder();
        Should.Throw<SealBrokenException>(() => SealedBlockReader.Read(new MemoryStream(kept), other.Open().Keys.FindSeal).Count());
    }

    [Fact]
    public async Task The_journal_can_still_be_appended_to_and_keeps_its_chain()
    {
        using var folder = new StateFolder();
        await folder.Append(StateFolder.Run(), StateFolder.Close());
        await folder.Open().ShredAsync("state shred", "grace", Stop);

        await folder.Append(StateFolder.Run("77aa"));

        (await folder.Lines()).Count.ShouldBe(4);
    }

    [Fact]
    public async Task It_writes_the_state_file_alone_is_done_once_and_cannot_be_rotated_back()
    {
        using var folder = new StateFolder();
        await folder.Append(StateFolder.Run(), StateFolder.Close());
        await folder.Seal(Digest);
        var before = folder.Contents();

        await folder.Open().ShredAsync("state shred", "grace", Stop);

        var after = folder.Contents();
        after.Keys.ShouldBe(before.Keys, ignoreOrder: true);
        after.Keys.Where(name => after[name] != before[name]).ShouldBe(["state.json"]);
        (await Should.ThrowAsync<StateException>(() => folder.Open().ShredAsync("state shred", "heidi", Stop))).Message.ShouldContain("grace");
        (await Should.ThrowAsync<StateException>(() => folder.Open().RotateAsync("state rotate", null, newSeal: true, Stop)))
            .Code.ShouldBe(StateDiagnostics.Shredded.Code);
    }
}
