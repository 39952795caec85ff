using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Journals;
using MfaPlan.Core.Sealing;
using MfaPlan.Engine.ChangeSets;
using MfaPlan.Engine.Ports;
using MfaPlan.State;
using MfaPlan.State.Journals;
using MfaPlan.State.Locks;

namespace MfaPlan.Cli.Tests;

/// <summary>
/// What somebody can write who may write to the state's folder but has no key: a thousand small changes to the files of a real state, drawn from a seed. Each is
/// told by the command that would use the file, with its code, and none reaches the tenant.
/// </summary>
public sealed partial class TamperTests
{
    private const int Seed = 20261124;
    private const string State = ".mfaplan";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_thousand_changes_are_told_by_their_codes_and_none_reaches_the_tenant()
    {
        using var cli = Cli.In("plans/samples/quickstart");
        var (digest, other) = await MakeAsync(cli);
        var before = Tenant(cli);
        var tampering = new Tampering(Seed, await File.ReadAllBytesAsync(cli.PathOf($"{State}/changes/{other}.mfachanges"), Stop));
        string[] show = ["show", digest], status = ["status", "plan.yaml"];
        string[] apply = ["apply", "plan.yaml", "--digest", digest, "--yes", "--sandbox", "tenant.json"];

        var ofChangeSet = await TamperAsync(cli, tampering, $"changes/{digest}.mfachanges", 450, ["MFP4014"], show, show, apply);
        var ofState = await TamperAsync(cli, tampering, "state.json", 300, ["MFP5205", "MFP5206"], status, show, apply);
        var ofJournal = await TamperAsync(cli, tampering, "journal/000001.jsonl", 260, ["MFP5205", "MFP5209"], status, status, status, apply);

        // A changed digit may make a newer format of it; nearly all else is damage, and is called so.
        ofChangeSet["MFP4014"].ShouldBe(450);
        (ofState["MFP5205"] + ofState["MFP5206"]).ShouldBe(300);
        ofState["MFP5206"].ShouldBeGreaterThan(280);
        (ofJournal["MFP5205"] + ofJournal["MFP5209"]).ShouldBe(260);
        ofJournal["MFP5209"].ShouldBeGreaterThan(240);
        Tenant(cli).ShouldBe(before);
        var untouched = await cli.RunAsync(apply);
        untouched.Exit.ShouldBe(0, untouched.Error);
        Tenant(cli).ShouldNotBe(before, "The change set that was tampered with has something to apply.");
    }

    [Fact]
    public async Task A_changed_lock_file_names_nobody_and_frees_nothing()
    {
        using var cli = Cli.In("plans/samples/quickstart");
        (await cli.SandboxAsync("preview", "plan.yaml")).Exit.ShouldBe(0);
        await using var held = new FileStream(cli.PathOf($"{State}/lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        var written = LockHolderFile.ToBytes(new LockHolder("build7/42/0a1b2c3d", "build7", 42, DateTimeOffset.UnixEpoch.AddYears(56), "apply plan.yaml"));
        await File.WriteAllBytesAsync(cli.PathOf($"{State}/lock.json"), written, Stop);
        var whole = (await cli.RunAsync("status", "plan.yaml")).Out;
        whole.ShouldContain("held by \"apply plan.yaml\" on build7, process 42");
        var tampering = new Tampering(Seed, written);

        for (var time = 0; time < 60; time++)
        {
            await File.WriteAllBytesAsync(cli.PathOf($"{State}/lock.json"), tampering.Next(written).Bytes, Stop);

            var status = await cli.RunAsync("status", "plan.yaml");

            status.Exit.ShouldBe(0, status.Error);
            status.Out.ShouldContain("held by \"unknown\" on unknown");
        }

        var locked = await cli.SandboxAsync("apply", "plan.yaml", "--yes");
        locked.Exit.ShouldBe(6, locked.Error);
        locked.Error.ShouldContain("MFP4009");
    }

    [Fact]
    public async Task Another_value_sealed_with_the_key_under_the_same_digest_is_refused()
    {
        using var cli = Cli.In("plans/samples/quickstart");
        var (digest, _) = await MakeAsync(cli);
        var before = Tenant(cli);
        await ReplaceOneNumberAsync(Open(cli), digest);

        foreach (var arguments in new string[][] { ["show", digest], ["apply", "plan.yaml", "--digest", digest, "--yes", "--sandbox", "tenant.json"] })
        {
            var ran = await cli.RunAsync(arguments);

            ran.Exit.ShouldBe(5, ran.Error);
            ran.Error.ShouldContain("MFP4014");
        }

        Tenant(cli).ShouldBe(before);
    }

    [Fact]
    public async Task A_change_set_of_another_digest_under_this_name_is_refused()
    {
        using var cli = Cli.In("plans/samples/quickstart");
        var (digest, other) = await MakeAsync(cli);
        var before = Tenant(cli);
        File.Copy(cli.PathOf($"{State}/changes/{other}.mfachanges"), cli.PathOf($"{State}/changes/{digest}.mfachanges"), overwrite: true);

        var ran = await cli.SandboxAsync("apply", "plan.yaml", "--digest", digest, "--yes");

        (ran.Exit, ran.Error.Contains("MFP4014", StringComparison.Ordinal)).ShouldBe((5, true), ran.Error);
        Tenant(cli).ShouldBe(before);
    }

    [Fact]
    public async Task A_source_file_that_changed_after_the_preview_refuses_the_run_by_name()
    {
        using var cli = Cli.In("plans/samples/quickstart");
        var digest = Digests().Match((await cli.SandboxAsync("preview", "plan.yaml")).Out).Value;
        var before = Tenant(cli);
        await File.AppendAllTextAsync(cli.PathOf("export/users.csv"), "\n", Stop);

        var ran = await cli.SandboxAsync("apply", "plan.yaml", "--digest", digest, "--yes");

        ran.Exit.ShouldBe(5, ran.Error);
        ran.Error.ShouldContain("MFP4003");
        ran.Error.ShouldContain("export/users.csv");
        Tenant(cli).ShouldBe(before);
    }

    /// <summary>A state with a closed segment, a change set that was applied and undone, and one that waits to be applied.</summary>
    private static async Task<(string Digest, string Other)> MakeAsync(Cli cli)
    {
        var applied = await cli.SandboxAsync("apply", "plan.yaml", "--yes");
        applied.Exit.ShouldBe(0, applied.Error);
        var undone = await cli.SandboxAsync("rollback", "plan.yaml", "--yes");
        undone.Exit.ShouldBe(0, undone.Error);
        var state = Open(cli);
        state.Limits = new JournalLimits(1, 1);
        await using (var session = await state.OpenAsync("test", Stop))
        {
            var at = TimeProvider.System.GetUtcNow();
            await session.Journal.AppendAsync(new JournalEntry.Run(
                at, "77aa77aa", Digests().Match(applied.Out).Value, "sample", Digests().Match(applied.Out).Value, StageId.Migrate.ToText(), RunPurpose.Apply, null, session.Holder));
            await session.Journal.AppendAsync(new JournalEntry.Close(at, "77aa77aa", RunResult.Abandoned));
        }

        File.Exists(cli.PathOf($"{State}/journal/000002.jsonl")).ShouldBeTrue();
        var preview = await cli.SandboxAsync("preview", "plan.yaml");
        preview.Exit.ShouldBe(0, preview.Error);
        return (Digests().Match(preview.Out).Value, Digests().Match(applied.Out).Value);
    }

    private static async Task<Dictionary<string, int>> TamperAsync(Cli cli, Tampering tampering, string file, int times, string[] codes, params string[][] commands)
    {
        var path = cli.PathOf($"{State}/{file}");
        var written = await File.ReadAllBytesAsync(path, Stop);
        var before = Tenant(cli);
        var told = codes.ToDictionary(static code => code, static _ => 0, StringComparer.Ordinal);
        for (var time = 0; time < times; time++)
        {
            var (how, bytes) = tampering.Next(written);
            await File.WriteAllBytesAsync(path, bytes, Stop);

            var ran = await cli.RunAsync(commands[time % commands.Length]);

            var where = $"{file}, {how}, {commands[time % commands.Length][0]}: exit {ran.Exit}\n{ran.Error}\n{ran.Out}";
            ran.Exit.ShouldBeOneOf([1, 5], where);
            var code = codes.SingleOrDefault(code => ran.Error.Contains($"error {code}:", StringComparison.Ordinal)).ShouldNotBeNull(where);
            told[code]++;
            Tenant(cli).ShouldBe(before, where);
        }

        await File.WriteAllBytesAsync(path, written, Stop);
        return told;
    }

    /// <summary>Seals the change set again, with the state's own key, one number in it being another.</summary>
    private static async Task ReplaceOneNumberAsync(LocalState state, string digest)
    {
        List<byte[]> lines;
        await using (var stream = (await state.OpenChangeSetAsync(digest, Stop)).ShouldNotBeNull())
        {
            lines = [.. SealedBlockReader.Read(stream, state.Keys.FindSeal).Select(static line => line.ToArray())];
        }

        var at = lines.FindIndex(static line => line.AsSpan().IndexOf("+44 7700"u8) >= 0);
        var place = lines[at].AsSpan().IndexOf("+44 7700"u8);
        lines[at][place + 7] ^= 1;
        var rewritten = await state.CreateAsync(Stop);
        using var writer = new SealedBlockWriter(rewritten, state.Keys.Seal, new byte[32], "mfachanges");
        lines.ForEach(line => writer.Append(line));
        writer.Complete();
        await state.CommitChangeSetAsync(rewritten, digest, Stop);
        await using var read = (await state.OpenChangeSetAsync(digest, Stop)).ShouldNotBeNull();
        ChangeSetFile.Lines(read, state).Count().ShouldBe(lines.Count);
    }

    private static LocalState Open(Cli cli) => LocalState.Open(
        cli.PathOf(State), Guid.Parse(Guids().Match(File.ReadAllText(cli.PathOf("plan.yaml"))).Value), sandbox: true,
        new KeySource.File(cli.PathOf(State + ".key"), CreateIfMissing: false), TimeProvider.System);

    /// <summary>What the simulated tenant holds, without the times at which it was asked.</summary>
    private static string Tenant(Cli cli) => Times().Replace(File.ReadAllText(cli.PathOf($"{State}/sandbox/tenant.json")), "TIME");

    [GeneratedRegex("[0-9a-f]{64}", RegexOptions.None, 1000)]
    private static partial Regex Digests();

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", RegexOptions.None, 1000)]
    private static partial Regex Guids();

    [GeneratedRegex("[0-9]{4}-[0-9]{2}-[0-9]{2}T[^\"]*", RegexOptions.None, 1000)]
    private static partial Regex Times();

    /// <summary>Small changes to bytes, drawn from a seed; never none.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="other">What ranges are copied from.</param>
    [SuppressMessage("Security", "CA5394", Justification = "The same changes each time are wanted.")]
    private sealed class Tampering(int seed, byte[] other)
    {
        private const int Block = 16;

        private readonly Random _random = new(seed);
        private int _kind;

        /// <summary>The bytes with the next change, and which it is.</summary>
        public (string How, byte[] Bytes) Next(byte[] written)
        {
            while (true)
            {
                var at = _random.Next(written.Length);
                var (how, bytes) = (_kind++ % 6) switch
                {
                    0 => ($"bit flipped in byte {at}", Flip(written, at)),
                    1 => ($"byte {at} deleted", [.. written[..at], .. written[(at + 1)..]]),
                    2 => ($"byte inserted at {at}", [.. written[..at], (byte)_random.Next(256), .. written[at..]]),
                    3 => Swap(written),
                    4 => ($"cut to {at} bytes", written[..at]),
                    _ => Copy(written, at),
                };
                if (!bytes.AsSpan().SequenceEqual(written))
                {
                    return (how, bytes);
                }
            }
        }

        private byte[] Flip(byte[] written, int at)
        {
            byte[] bytes = [.. written];
            bytes[at] ^= (byte)(1 << _random.Next(8));
            return bytes;
        }

        private (string How, byte[] Bytes) Swap(byte[] written)
        {
            var (one, two) = (_random.Next(written.Length / Block) * Block, _random.Next(written.Length / Block) * Block);
            byte[] bytes = [.. written];
            written.AsSpan(one, Block).CopyTo(bytes.AsSpan(two));
            written.AsSpan(two, Block).CopyTo(bytes.AsSpan(one));
            return ($"blocks at {one} and {two} swapped", bytes);
        }

        private (string How, byte[] Bytes) Copy(byte[] written, int at)
        {
            byte[] bytes = [.. written];
            var from = _random.Next(other.Length);
            var length = Math.Min(1 + _random.Next(200), Math.Min(written.Length - at, other.Length - from));
            other.AsSpan(from, length).CopyTo(bytes.AsSpan(at));
            return ($"{length} bytes at {at} from byte {from} of another file", bytes);
        }
    }
}
