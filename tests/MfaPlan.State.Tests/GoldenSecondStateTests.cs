namespace MfaPlan.State.Tests;

/// <summary>A state of format 2, rotated once, as its first program wrote it, with a change set from before and one from after; and the same shredded.</summary>
public sealed class GoldenSecondStateTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static string Golden2 { get; } = Path.Combine(Golden.RepositoryRoot, "tests", "MfaPlan.State.Tests", "Golden", "v2");

    private static KeySource.File Key { get; } = new(Path.Combine(Golden2, "key"), CreateIfMissing: false);

    [Fact]
    public async Task Change_sets_from_before_and_after_the_rotation_open()
    {
        using var folder = Copied("state.json");

        (await folder.Unseal(new string('a', 64), Key)).ShouldBe(new string('a', 64));
        (await folder.Unseal(new string('b', 64), Key)).ShouldBe(new string('b', 64));
    }

    [Fact]
    public void Values_are_compared_as_they_were()
    {
        using var folder = Copied("state.json");
        var hash = new byte[32];

        folder.Open(Key).Keys.Values.Hash("unit|field|value"u8, hash);

        Convert.ToHexStringLower(hash).ShouldBe(File.ReadAllText(Path.Combine(Golden2, "value.hmac")).Trim());
    }

    [Fact]
    public async Task A_shredded_state_says_who_shredded_it()
    {
        using var folder = Copied("state.shredded.json");

        Should.Throw<StateException>(() => folder.Open(Key).Keys).Message.ShouldContain("2026-11-24 12:00:00Z by grace on vm");
        (await folder.Open(Key).ReadAsync(Stop)).LastN.ShouldBe(0);
    }

    private static StateFolder Copied(string state)
    {
        var folder = new StateFolder(init: false);
        Directory.CreateDirectory(folder.Changes);
        File.Copy(Path.Combine(Golden2, state), folder.StateJson);
        foreach (var file in Directory.GetFiles(Path.Combine(Golden2, "changes")))
        {
            File.Copy(file, Path.Combine(folder.Changes, Path.GetFileName(file)));
        }

        return folder;
    }
}
