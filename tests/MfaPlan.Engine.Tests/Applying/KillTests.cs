using CsCheck;

namespace MfaPlan.Engine.Tests.Applying;

public sealed class KillTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(7, 0)]
    [InlineData(7, 1)]
    [InlineData(7, 2)]
    public async Task A_kill_at_any_step_neither_loses_nor_repeats_a_write(int lagSeconds, int answers)
    {
        var whole = new World();
        await whole.FinishAsync();
        var expected = whole.Truth();

        var steps = await World.KilledAtEveryStepAsync(
            () => New(lagSeconds, answers), (world, when) => world.Truth().ShouldBe(expected, when));

        steps.ShouldBeGreaterThan(60);
    }

    [Fact]
    public void Kills_at_random_steps_one_after_another_end_the_same() =>
        Gen.Int[0, 90].Array[1, 5].Sample(
            steps =>
            {
                var whole = new World();
                whole.FinishAsync().GetAwaiter().GetResult();
                var world = New(7, 2);
                var digest = world.PreviewAsync().GetAwaiter().GetResult().Digest;
                foreach (var step in steps)
                {
                    world.KillAt(step);
                    try
                    {
                        world.ApplyAsync(digest).GetAwaiter().GetResult();
                        break;
                    }
                    catch (KilledException)
                    {
                        world.Restart();
                    }
                }

                world.Restart();
                world.FinishAsync().GetAwaiter().GetResult();
                return world.Truth().SequenceEqual(whole.Truth())
                    && world.Tenant.Effects.Distinct().Count() == world.Tenant.Effects.Count;
            },
            iter: 200);

    private static World New(int lagSeconds, int answers)
    {
        var world = new World();
        world.Tenant.Lag = TimeSpan.FromSeconds(lagSeconds);
        world.Tenant.Answer = answers switch
        {
            1 => static (n, _, _) => n % 3 == 1 ? FakeAnswer.LostAfterEffect : FakeAnswer.Success,
            2 => static (n, _, _) => (n % 5) switch
            {
                1 => FakeAnswer.LostBeforeEffect,
                2 => FakeAnswer.LostAfterEffect,
                3 => FakeAnswer.Throttled,
                _ => FakeAnswer.Success,
            },
            _ => null,
        };
        return world;
    }
}
