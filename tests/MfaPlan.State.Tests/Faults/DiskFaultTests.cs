using System.Diagnostics;
using MfaPlan.Core.Journals;
using MfaPlan.Core.Sealing;
using MfaPlan.Engine.Ports;
using MfaPlan.State.Journals;
using MfaPlan.State.Tests.Journals;

namespace MfaPlan.State.Tests.Faults;

/// <summary>Disks that are full, read-only, failing or gone: each stops by its code, what was durable stays, and after the repair the work goes on.</summary>
public sealed class DiskFaultTests
{
    private static readonly string Digest = new('a', 64);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_disk_that_is_full_at_the_first_line_stops_the_journal_and_nothing_was_written()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "Needs a device that is always full.");
        using var folder = new StateFolder();
        var state = folder.Open();
        state.OpenSegment = static _ => SegmentFile.Open("/dev/full");
        await using (var session = await state.OpenAsync("apply", Stop))
        {
            var thrown = await Should.ThrowAsync<JournalBrokenException>(async () => await session.Journal.AppendAsync(StateFolder.Run()));

            thrown.InnerException.ShouldBeOfType<IOException>().Message.ShouldContain("No space left");
        }

        (await folder.Lines()).ShouldBeEmpty();
        await folder.Append(StateFolder.Run());
        (await folder.Lines()).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_disk_that_fills_up_keeps_every_line_that_was_durable_and_goes_on_when_there_is_room()
    {
        using var disk = SmallDisk.Mount();
        using var folder = new StateFolder(init: false);
        var path = Path.Combine(disk.Path, "state");
        LocalState.Init(path, StateFolder.Tenant, sandbox: false, StateFolder.Key, folder.Time);
        var ballast = Path.Combine(disk.Path, "ballast");
        await File.WriteAllBytesAsync(ballast, new byte[256 * 1024], Stop);
        var durable = 0;

        await using (var session = await Open(path, folder).OpenAsync("apply", Stop))
        {
            await session.Journal.AppendAsync(StateFolder.Run());
            await Should.ThrowAsync<JournalBrokenException>(async () =>
            {
                for (var user = 1; user < 100_000; user++)
                {
                    await session.Journal.AppendAsync(StateFolder.Begin(user));
                    durable = user;
                }
            });
            await Should.ThrowAsync<JournalBrokenException>(async () => await session.Journal.AppendAsync(StateFolder.Begin(1)));
        }

        durable.ShouldBeGreaterThan(100);
        (await Open(path, folder).ReadAsync(Stop)).UnsettledCount.ShouldBeGreaterThanOrEqualTo(durable);
        (await Should.ThrowAsync<StateException>(() => Open(path, folder).OpenAsync("apply", Stop))).Code.ShouldBe(StateDiagnostics.Unwritable.Code);
        File.Delete(ballast);
        await using (var session = await Open(path, folder).OpenAsync("apply", Stop))
        {
            session.TookOver.ShouldBeTrue();
            session.Ledger.UnsettledCount.ShouldBeGreaterThanOrEqualTo(durable);
            await session.Journal.AppendAsync(StateFolder.Settle(1));
        }

        (await Open(path, folder).ReadAsync(Stop)).OpenRun.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_change_set_for_which_there_is_no_room_is_not_there_at_all()
    {
        using var disk = SmallDisk.Mount();
        using var folder = new StateFolder(init: false);
        var path = Path.Combine(disk.Path, "state");
        var state = LocalState.Init(path, StateFolder.Tenant, sandbox: false, StateFolder.Key, folder.Time);
        var before = Directory.GetFiles(disk.Path, "*", SearchOption.AllDirectories);

        await using (var stream = await state.CreateAsync(Stop))
        {
            Should.Throw<StateException>(() => stream.Write(new byte[2 * 1024 * 1024])).Code.ShouldBe(StateDiagnostics.Unwritable.Code);
        }

        Directory.GetFiles(disk.Path, "*", SearchOption.AllDirectories).ShouldBe(before);
        await using var again = await state.CreateAsync(Stop);
        using var writer = new SealedBlockWriter(again, state.Keys.Seal, new byte[32], "mfachanges");
        writer.Append("x"u8);
        writer.Complete();
        await state.CommitChangeSetAsync(again, Digest, Stop);
        (await state.ListChangeSetsAsync(Stop)).ShouldBe([Digest]);
    }

    [Fact]
    public async Task A_rotation_for_which_there_is_no_room_leaves_the_state_as_it_was()
    {
        using var disk = SmallDisk.Mount();
        using var folder = new StateFolder(init: false);
        var path = Path.Combine(disk.Path, "state");
        var state = LocalState.Init(path, StateFolder.Tenant, sandbox: false, StateFolder.Key, folder.Time);
        await using (await state.OpenAsync("apply", Stop))
        {
            // The lock's file is there from now on.
        }

        disk.Fill();
        var before = await File.ReadAllBytesAsync(Path.Combine(path, "state.json"), Stop);

        (await Should.ThrowAsync<StateException>(() => state.RotateAsync("state rotate", null, newSeal: true, Stop))).Code.ShouldBe(StateDiagnostics.Unwritable.Code);

        (await File.ReadAllBytesAsync(Path.Combine(path, "state.json"), Stop)).ShouldBe(before);
        disk.Free();
        await state.RotateAsync("state rotate", null, newSeal: true, Stop);
        (await File.ReadAllBytesAsync(Path.Combine(path, "state.json"), Stop)).ShouldNotBe(before);
    }

    [Fact]
    public async Task A_disk_that_is_read_only_reads_and_refuses_to_write()
    {
        using var disk = SmallDisk.Mount();
        using var folder = new StateFolder(init: false);
        var path = Path.Combine(disk.Path, "state");
        LocalState.Init(path, StateFolder.Tenant, sandbox: false, StateFolder.Key, folder.Time);
        await using (var session = await Open(path, folder).OpenAsync("apply", Stop))
        {
            await session.Journal.AppendAsync(StateFolder.Run());
        }

        disk.Remount("ro");

        (await Open(path, folder).ReadAsync(Stop)).OpenRun.ShouldNotBeNull();
        (await Should.ThrowAsync<StateException>(() => Open(path, folder).OpenAsync("apply", Stop))).Code.ShouldBe(StateDiagnostics.Unwritable.Code);
        (await Should.ThrowAsync<StateException>(() => Open(path, folder).CreateAsync(Stop))).Code.ShouldBe(StateDiagnostics.Unwritable.Code);
        (await Should.ThrowAsync<StateException>(() => Open(path, folder).Spools.CreateAsync(Stop))).Code.ShouldBe(StateDiagnostics.Unwritable.Code);
        disk.Remount("rw");
        await using var next = await Open(path, folder).OpenAsync("apply", Stop);
        next.TookOver.ShouldBeTrue();
    }

    [Fact]
    public async Task A_flush_that_fails_ends_the_session_and_the_next_one_reads_what_the_disk_holds()
    {
        using var folder = new StateFolder();
        var segments = new CountingSegments();
        var state = folder.Open();
        state.OpenSegment = segments.Open;
        await using (var session = await state.OpenAsync("apply", Stop))
        {
            await session.Journal.AppendAsync(StateFolder.Run());
            segments.OnFlush = static () => throw new IOException("Input/output error");

            await Should.ThrowAsync<JournalBrokenException>(async () => await session.Journal.AppendAsync(StateFolder.Begin(1)));
            segments.OnFlush = static () => { };
            await Should.ThrowAsync<JournalBrokenException>(async () => await session.Journal.AppendAsync(StateFolder.Begin(2)));
        }

        await folder.Append(StateFolder.Settle(1));
        (await folder.Lines()).Select(static line => line.N).ShouldBe(Enumerable.Range(1, 5).Select(static n => (long)n));
    }

    [Fact]
    public async Task A_folder_that_vanishes_under_a_session_stops_it_before_the_next_line_counts()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows keeps a folder whose files are open.");
        using var folder = new StateFolder();
        var session = await folder.Open().OpenAsync("apply", Stop);
        await session.Journal.AppendAsync(StateFolder.Run());
        Directory.Move(folder.Path, folder.Path + ".away");

        await Should.ThrowAsync<JournalBrokenException>(async () => await session.Journal.AppendAsync(StateFolder.Begin(1)));

        Should.Throw<StateException>(() => folder.Open()).Code.ShouldBe(StateDiagnostics.Missing.Code);
        Directory.Move(folder.Path + ".away", folder.Path);
        await session.DisposeAsync();
        await using var next = await folder.Open().OpenAsync("apply", Stop);
        next.TookOver.ShouldBeTrue();
        next.Ledger.OpenRun.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_segment_that_is_cut_short_loses_its_last_line_and_says_so()
    {
        using var folder = new StateFolder();
        await folder.Append(StateFolder.Run(), StateFolder.Begin(1), StateFolder.Settle(1));
        await using (var stream = new FileStream(folder.Segment(1), FileMode.Open))
        {
            stream.SetLength(stream.Length - 10);
        }

        await folder.Append();

        (await folder.Lines()).Select(static line => line.Entry).OfType<JournalEntry.Recovered>().ShouldHaveSingleItem();
        (await folder.Open().ReadAsync(Stop)).UnsettledCount.ShouldBe(1);
    }

    [Fact]
    public async Task A_closed_segment_that_is_cut_short_stops_until_it_is_put_back()
    {
        using var folder = new StateFolder();
        await folder.AppendInSegments(StateFolder.Run(), StateFolder.Begin(1), StateFolder.Settle(1));
        var whole = await File.ReadAllBytesAsync(folder.Segment(1), Stop);
        await File.WriteAllBytesAsync(folder.Segment(1), whole[..^10], Stop);

        (await Should.ThrowAsync<StateException>(() => folder.Open().OpenAsync("apply", Stop))).Code.ShouldBe(StateDiagnostics.JournalDamaged.Code);

        await File.WriteAllBytesAsync(folder.Segment(1), whole, Stop);
        await folder.Append(StateFolder.Close());
    }

    private static LocalState Open(string path, StateFolder folder) => LocalState.Open(path, StateFolder.Tenant, sandbox: false, StateFolder.Key, folder.Time);

    /// <summary>A disk of one mebibyte; tests that need one are skipped where none may be mounted, but never in CI.</summary>
    private sealed class SmallDisk : IDisposable
    {
        private SmallDisk(string path) => Path = path;

        public string Path { get; }

        public static SmallDisk Mount()
        {
            if (!OperatingSystem.IsLinux() || !File.Exists("/bin/mount"))
            {
                PassOver("Needs mount.");
            }

            var disk = new SmallDisk(Directory.CreateTempSubdirectory("mfaplan-disk-").FullName);
            if (Run("/bin/mount", "-t", "tmpfs", "-o", "size=1m,mode=0700", "tmpfs", disk.Path) != 0)
            {
                Directory.Delete(disk.Path);
                PassOver("No disk may be mounted here: it takes the right to mount (root, or CAP_SYS_ADMIN).");
            }

            return disk;
        }

        private static void PassOver(string why)
        {
            Environment.GetEnvironmentVariable("CI").ShouldNotBeOneOf("true", "1"); // there the disks must be shown to fail well
            Assert.Skip(why);
        }

        public void Remount(string how) => Run("/bin/mount", "-o", "remount," + how, Path).ShouldBe(0);

        public void Fill()
        {
            using var stream = new FileStream(System.IO.Path.Combine(Path, "ballast"), FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
            try
            {
                while (true)
                {
                    stream.Write(new byte[4096]);
                }
            }
            catch (IOException)
            {
                // That is what it is for.
            }
        }

        public void Free() => File.Delete(System.IO.Path.Combine(Path, "ballast"));

        public void Dispose()
        {
            Run("/bin/umount", "-l", Path);
            Directory.Delete(Path);
        }

        private static int Run(string program, params string[] arguments)
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, UseShellExecute = false });
            process.ShouldNotBeNull().WaitForExit();
            return process.ExitCode;
        }
    }
}
