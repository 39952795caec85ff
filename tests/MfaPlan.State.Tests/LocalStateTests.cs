using System.Text;
using MfaPlan.Core.Journals;
using MfaPlan.Core.Privacy;
using MfaPlan.Core.Sealing;

namespace MfaPlan.State.Tests;

public sealed class LocalStateTests
{
    private const string Digest = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void A_folder_without_state_is_refused()
    {
        using var folder = new StateFolder(init: false);

        LocalState.Exists(folder.Path).ShouldBeFalse();
        Should.Throw<StateException>(() => folder.Open()).Code.ShouldBe(StateDiagnostics.Missing.Code);
    }

    [Fact]
    public async Task A_state_is_never_made_over_the_journal_of_another()
    {
        using var folder = new StateFolder();
        await folder.Append(StateFolder.Run());
        File.Delete(folder.StateJson);

        Should.Throw<StateException>(() => LocalState.Init(folder.Path, StateFolder.Tenant, sandbox: false, StateFolder.Key, folder.Time))
            .Code.ShouldBe(StateDiagnostics.Exists.Code);
        Should.Throw<StateException>(() => folder.Open()).Code.ShouldBe(StateDiagnostics.Missing.Code);
    }

    [Fact]
    public void A_state_of_another_tenant_is_refused()
    {
        using var folder = new StateFolder();
        var other = Guid.Parse("00000000-0000-0000-0000-000000000009");

        var thrown = Should.Throw<StateException>(() => LocalState.Open(folder.Path, other, sandbox: false, StateFolder.Key, folder.Time));

        thrown.Code.ShouldBe(StateDiagnostics.OtherTenant.Code);
        thrown.Message.ShouldContain(StateFolder.Tenant.ToString("D"));
        thrown.Message.ShouldContain(other.ToString("D"));
    }

    [Fact]
    public void A_newer_state_is_refused_by_naming_what_reads_it()
    {
        using var folder = new StateFolder();
        File.WriteAllText(folder.StateJson, "{\"format\":7,\"vault\":{}}\n");

        var thrown = Should.Throw<StateException>(() => folder.Open());

        thrown.Code.ShouldBe(StateDiagnostics.NewerFormat.Code);
        thrown.Remedy.ShouldContain("state format 7");
    }

    [Fact]
    public void A_changed_or_missing_byte_of_the_state_file_is_noticed_without_the_key()
    {
        using var folder = new StateFolder();
        var good = File.ReadAllBytes(folder.StateJson);

        for (var at = 0; at < good.Length; at++)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                byte[] changed = [.. good];
                changed[at] ^= (byte)(1 << bit);
                Should.Throw<StateException>(() => StateFile.Read(changed));
            }

            Should.Throw<StateException>(() => StateFile.Read(good[..at]));
        }

        Should.Throw<StateException>(() => StateFile.Read([.. good, (byte)'\n']));
        StateFile.Read(good).Tenant.ShouldBe(StateFolder.Tenant);
    }

    [Fact]
    public void A_state_made_over_to_another_tenant_does_not_open_with_the_key()
    {
        using var folder = new StateFolder();
        var file = StateFile.Read(File.ReadAllBytes(folder.StateJson)) with { Tenant = Guid.Empty };
        File.WriteAllBytes(folder.StateJson, file.ToBytes());

        var state = LocalState.Open(folder.Path, Guid.Empty, sandbox: false, StateFolder.Key, folder.Time);

        Should.Throw<StateException>(() => state.Keys).Code.ShouldBe(StateDiagnostics.Damaged.Code);
    }

    [Fact]
    public async Task Without_a_key_the_journal_reads_and_the_keys_say_what_is_missing()
    {
        using var folder = new StateFolder();
        await folder.Append(StateFolder.Run());

        var state = folder.Open(new KeySource.Env("MFAPLAN_KEY", null));

        (await state.ReadAsync(Stop)).OpenRun.ShouldNotBeNull().Id.ShouldBe("3f9a");
        (await state.WhoAsync(Stop)).ShouldBeNull();
        var thrown = Should.Throw<StateException>(() => state.Keys);
        thrown.Code.ShouldBe(StateDiagnostics.KeyMissing.Code);
        thrown.Message.ShouldContain("MFAPLAN_KEY");
        thrown.Remedy.ShouldContain("status");
        Should.Throw<StateException>(() => folder.Open(new KeySource.None()).Keys).Code.ShouldBe(StateDiagnostics.KeyMissing.Code);
    }

    [Fact]
    public void A_wrong_key_is_told_from_a_missing_one_and_never_shown()
    {
        using var folder = new StateFolder();
        var other = Convert.ToBase64String(new byte[32]);

        var thrown = Should.Throw<StateException>(() => folder.Open(new KeySource.Env("K", new Secret(other))).Keys);
        var none = Should.Throw<StateException>(() => folder.Open(new KeySource.Env("K", new Secret("not a key"))).Keys);

        thrown.Code.ShouldBe(StateDiagnostics.KeyWrong.Code);
        none.Code.ShouldBe(StateDiagnostics.KeyWrong.Code);
        (thrown.ToString() + none).ShouldNotContain(other);
        none.ToString().ShouldNotContain("not a key");
    }

    [Fact]
    public void A_key_file_is_made_only_by_init_and_only_where_that_is_allowed()
    {
        using var folder = new StateFolder(init: false);
        var path = Path.Combine(folder.Root, "key");
        KeySource refusing = new KeySource.File(path, CreateIfMissing: false);
        KeySource making = new KeySource.File(path, CreateIfMissing: true);

        Should.Throw<StateException>(() => LocalState.Init(folder.Path, StateFolder.Tenant, sandbox: false, refusing, folder.Time))
            .Code.ShouldBe(StateDiagnostics.KeyMissing.Code);
        LocalState.Exists(folder.Path).ShouldBeFalse();
        refusing.MayMakeKey.ShouldBeFalse();
        making.MayMakeKey.ShouldBeTrue();
        var made = LocalState.Init(folder.Path, StateFolder.Tenant, sandbox: false, making, folder.Time).Keys;
        folder.Open(refusing).Keys.Values.ToArray().ShouldBe(made.Values.ToArray());
        File.Delete(path);
        Should.Throw<StateException>(() => folder.Open(making).Keys).Code.ShouldBe(StateDiagnostics.KeyMissing.Code);
    }

    [Fact]
    public void Keys_are_the_same_each_time_and_apart_from_each_other()
    {
        using var folder = new StateFolder();
        using var other = new StateFolder();

        var keys = folder.Open().Keys;

        folder.Open().Keys.Values.ToArray().ShouldBe(keys.Values.ToArray());
        other.Open().Keys.Values.ToArray().ShouldNotBe(keys.Values.ToArray());
        keys.FindSeal(keys.Seal.Id).ShouldBe(keys.Seal);
        keys.FindSeal("ffffffff").ShouldBeNull();
        Encoding.UTF8.GetString(File.ReadAllBytes(folder.StateJson)).ShouldNotContain(Convert.ToBase64String(keys.Values.ToArray()));
    }

    [Fact]
    public async Task Everything_is_for_the_owner_alone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no modes.");
        using var folder = new StateFolder(init: false);
        var key = new KeySource.File(Path.Combine(folder.Root, "key"), CreateIfMissing: true);
        await Commit(LocalState.Init(folder.Path, StateFolder.Tenant, sandbox: false, key, folder.Time), Digest, "a");
        await folder.Append(StateFolder.Run());

        await using var session = await folder.Open().OpenAsync("apply", Stop);

        var files = Directory.GetFiles(folder.Root, "*", SearchOption.AllDirectories);
        files.Select(Path.GetFileName).Order(StringComparer.Ordinal)
            .ShouldBe([Digest + ".mfachanges", "000001.jsonl", "key", "lock", "lock.json", "state.json"], ignoreOrder: true);
        const UnixFileMode ForTheOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        files.ShouldAllBe(static file => new FileInfo(file).UnixFileMode == ForTheOwner);
        Directory.GetDirectories(folder.Root, "*", SearchOption.AllDirectories)
            .ShouldAllBe(static path => new DirectoryInfo(path).UnixFileMode == (ForTheOwner | UnixFileMode.UserExecute));
    }

    [Fact]
    public async Task A_change_set_is_there_wholly_or_not_at_all()
    {
        using var folder = new StateFolder();
        var state = folder.Open();

        await using (var begun = await state.CreateAsync(Stop))
        {
            begun.Write("half"u8);
            (await state.ListChangeSetsAsync(Stop)).ShouldBeEmpty();
            Directory.GetFiles(folder.Changes).ShouldHaveSingleItem();
        }

        Directory.GetFiles(folder.Changes).ShouldBeEmpty();
        await Commit(state, Digest, "one");
        await Commit(state, Digest, "two");
        await using var stream = (await state.OpenChangeSetAsync(Digest, Stop)).ShouldNotBeNull();
        SealedBlockReader.Read(stream, state.Keys.FindSeal).Select(static line => Encoding.UTF8.GetString(line.Span)).ShouldBe(["two"]);
        Directory.GetFiles(folder.Changes).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task The_newest_change_set_comes_first()
    {
        using var folder = new StateFolder();
        var state = folder.Open();
        foreach (var digit in (char[])['b', 'a', 'c'])
        {
            var digest = new string(digit, 64);
            await Commit(state, digest, "x");
            File.SetLastWriteTimeUtc(Path.Combine(folder.Changes, digest + ".mfachanges"), StateFolder.Start.UtcDateTime.AddHours(digit == 'a' ? 2 : 1));
        }

        (await state.ListChangeSetsAsync(Stop)).ShouldBe([new string('a', 64), new string('b', 64), new string('c', 64)]);
    }

    [Fact]
    public async Task What_a_killed_preview_left_is_cleared_away_once_it_is_old()
    {
        using var folder = new StateFolder();
        var old = Path.Combine(folder.Changes, ".tmp-1");
        var young = Path.Combine(folder.Changes, ".tmp-2");
        await File.WriteAllTextAsync(old, "x", Stop);
        await File.WriteAllTextAsync(young, "x", Stop);
        File.SetLastWriteTimeUtc(old, StateFolder.Start.UtcDateTime.AddHours(-25));
        File.SetLastWriteTimeUtc(young, StateFolder.Start.UtcDateTime.AddHours(-23));

        await folder.Append();

        File.Exists(old).ShouldBeFalse();
        File.Exists(young).ShouldBeTrue();
    }

    [Fact]
    public async Task An_empty_journal_reads_as_the_empty_ledger()
    {
        using var folder = new StateFolder();

        (await folder.Open().ReadAsync(Stop)).LastHash.ShouldBe(JournalLines.Genesis);
        (await folder.Lines()).ShouldBeEmpty();
    }

    private static async Task Commit(LocalState state, string digest, string line)
    {
        var stream = await state.CreateAsync(Stop);
        using var writer = new SealedBlockWriter(stream, state.Keys.Seal, new byte[32], "mfachanges");
        writer.Append(Encoding.UTF8.GetBytes(line));
        writer.Complete();
        await state.CommitChangeSetAsync(stream, digest, Stop);
    }

    [Fact]
    public async Task Approvals_are_for_the_owner_alone()
    {
        using var folder = new StateFolder();
        var digest = new string('d', 64);

        await folder.Open().Approvals.AddAsync(digest, "a.json", new byte[] { 1 }, TestContext.Current.CancellationToken);

        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(Path.Combine(folder.Path, "approvals", digest, "a.json")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }
}
