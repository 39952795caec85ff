using System.Diagnostics;
using MfaPlan.Engine.Ports;

namespace MfaPlan.State.Tests;

public sealed class LockTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_second_session_is_told_who_holds_the_lock()
    {
        using var folder = new StateFolder();
        await using var first = await folder.Open().OpenAsync("apply plan.yaml", Stop);

        var thrown = await Should.ThrowAsync<StateLockedException>(() => folder.Open().OpenAsync("sync", Stop));

        var holder = thrown.Holder.ShouldNotBeNull();
        holder.Holder.ShouldBe(first.Holder);
        holder.Pid.ShouldBe(Environment.ProcessId);
        holder.Since.ShouldBe(StateFolder.Start);
        holder.Doing.ShouldBe("apply plan.yaml");
        holder.Holder.ShouldStartWith($"{holder.Host}/{holder.Pid}/");
        thrown.Message.ShouldContain("apply plan.yaml");
        (await folder.Open().WhoAsync(Stop)).ShouldBe(holder);
    }

    [Fact]
    public async Task Asking_who_never_refuses_the_one_who_comes()
    {
        using var folder = new StateFolder();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var asking = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                await folder.Open().WhoAsync(Stop);
            }
        }, Stop);

        for (var round = 0; round < 50; round++)
        {
            await folder.Append();
        }

        await stop.CancelAsync();
        await asking;
    }

    [Fact]
    public async Task A_killed_process_frees_the_lock_by_itself()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists("/usr/bin/flock"), "Needs flock.");
        using var folder = new StateFolder();
        await folder.Append();
        using var other = Process.Start("/usr/bin/flock", ["--no-fork", "--exclusive", Path.Combine(folder.Path, "lock"), "sleep", "600"]);
        await File.WriteAllTextAsync(
            Path.Combine(folder.Path, "lock.json"),
            """{"holder":"elsewhere/7/0a1b2c3d","host":"elsewhere","pid":7,"since":"2026-11-24T11:00:00+00:00","doing":"apply"}""",
            Stop);
        try
        {
            await Until(async () => await folder.Open().WhoAsync(Stop) is { Host: "elsewhere" });
            (await Should.ThrowAsync<StateLockedException>(() => folder.Open().OpenAsync("apply", Stop))).Holder.ShouldNotBeNull().Pid.ShouldBe(7);
        }
        finally
        {
            other.Kill();
        }

        await other.WaitForExitAsync(Stop);
        (await folder.Open().WhoAsync(Stop)).ShouldBeNull();
        await using var session = await folder.Open().OpenAsync("apply", Stop);
        session.Previous.ShouldNotBeNull().Host.ShouldBe("elsewhere");
    }

    private static async Task Until(Func<Task<bool>> condition)
    {
        while (!await condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Stop);
        }
    }
}
