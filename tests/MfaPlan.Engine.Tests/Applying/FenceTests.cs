using MfaPlan.Engine.Ports;

namespace MfaPlan.Engine.Tests.Applying;

public sealed class FenceTests
{
    [Fact]
    public async Task A_process_that_is_stopped_between_begin_and_send_until_its_lock_is_lost_sends_nothing()
    {
        var whole = new World();
        await whole.FinishAsync();
        whole.Tenant.Sends.ShouldBeGreaterThan(5, "there is where to stop");

        for (var stopAt = 0; stopAt < whole.Tenant.Sends; stopAt++)
        {
            var world = new World();
            var preview = await world.PreviewAsync();
            var fence = new TestFence();
            world.State.Fence = fence;
            var writes = 0;
            world.Tenant.Paused = () =>
            {
                if (Interlocked.Increment(ref writes) > stopAt)
                {
                    fence.Close();
                }
            };

            await Should.ThrowAsync<LockLostException>(world.ApplyAsync(preview.Digest));

            world.Tenant.Sends.ShouldBe(stopAt);
            world.Tenant.Effects.Count.ShouldBe(stopAt);
            world.Tenant.Paused = null;
            world.State.Fence = OwnFence.Instance;
            world.Restart();
            await world.FinishAsync();
            world.Truth().ShouldBe(whole.Truth());
            world.Tenant.Effects.Distinct().Count().ShouldBe(world.Tenant.Effects.Count);
        }
    }
}
