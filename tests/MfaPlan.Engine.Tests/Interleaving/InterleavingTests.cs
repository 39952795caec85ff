using System.Collections.Concurrent;
using CsCheck;

namespace MfaPlan.Engine.Tests.Interleaving;

public sealed class InterleavingTests(ITestOutputHelper output)
{
    private const int Sequences = 400;

    /// <summary>
    /// How many sequences must come how far, at least, in thousandths: a third of what they do, or less. A change that keeps the sequences from where it
    /// matters would otherwise make the test blind without a word.
    /// </summary>
    private static readonly Dictionary<Reached, int> AtLeast = new()
    {
        [Reached.Prepare] = 100,
        [Reached.Migrate] = 300,
        [Reached.Wave] = 200,
        [Reached.CutOver] = 40,
        [Reached.PrepareBack] = 40,
        [Reached.MigrateBack] = 150,
        [Reached.WaveBack] = 60,
        [Reached.CutOverBack] = 5,
        [Reached.Killed] = 100,
        [Reached.Resumed] = 50,
        [Reached.Older] = 8,
        [Reached.Blocked] = 50,
        [Reached.WithoutPhones] = 30,
    };

    /// <summary>
    /// Promises 4 and 5 over random tenants, plans, and interleavings of our stages, rollbacks and kills with other people's changes. A failure
    /// names the seed: <c>CsCheck_Seed</c> runs that one again.
    /// </summary>
    [Fact]
    public async Task No_sequence_of_stages_leaves_a_user_with_no_usable_method_who_had_one()
    {
        var reached = new ConcurrentBag<Reached>();

        await Gen.Select(Gen.ULong, Gen.Int[6, 25]).SampleAsync(
            async (seed, steps) =>
            {
                var sequence = new Sequence(seed);
                try
                {
                    await sequence.RunAsync(steps);
                }
                catch (Exception error)
                {
                    throw new InvalidOperationException($"seed {seed}, {steps} steps: {error.Message}\n{sequence.Story}", error);
                }

                reached.Add(sequence.Reached);
            },
            iter: Sequences);

        foreach (var (kind, least) in AtLeast)
        {
            output.WriteLine($"{kind}: {reached.Count(one => one.HasFlag(kind))} of {reached.Count} sequences");
        }

        output.WriteLine($"overtaken by somebody in the instant before a write: {reached.Count(static one => one.HasFlag(Reached.Race))} of {reached.Count} sequences");
        AtLeast.Where(pair => reached.Count(one => one.HasFlag(pair.Key)) * 1000 < pair.Value * reached.Count).Select(static pair => pair.Key)
            .ShouldBeEmpty("these were reached too seldom for the test to say anything");
    }
}
