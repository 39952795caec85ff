using MfaPlan.Core.Sealing;

namespace MfaPlan.State.Tests.Keys;

public sealed class ShredTests
{
    private static readonly string Digest = new('a', 64);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

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
}
