using System.Collections.Immutable;
using MfaPlan.Cli.Composition;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Journals;

namespace MfaPlan.Cli.Tests;

/// <summary>Runs of a wave as they stand in a journal, so that gates can be tested by themselves.</summary>
internal static class WaveRuns
{
    /// <summary>The digest of the change set of a run.</summary>
    public static string DigestOf(int run) => new((char)('0' + run), 64);

    /// <summary>Appends a run of the plan's first wave that routes users and is complete, at this machine's time.</summary>
    /// <param name="host">The world.</param>
    /// <param name="run">Which run, 1 to 9.</param>
    /// <param name="users">Object ids.</param>
    public static Task AppendAsync(CliHost host, int run, params ImmutableArray<Guid> users) => AppendAsync(host, run, 0, null, users);

    /// <summary>Appends a run of a wave, behind a judgement of the gate of the wave before in the same session.</summary>
    /// <param name="host">The world.</param>
    /// <param name="run">Which run, 1 to 9.</param>
    /// <param name="place">The wave's place in the plan.</param>
    /// <param name="gate">The word of the judgement; null for none.</param>
    /// <param name="users">Object ids.</param>
    public static async Task AppendAsync(CliHost host, int run, int place, string? gate, ImmutableArray<Guid> users)
    {
        var loaded = Workspace.Load(host, "plan.yaml");
        var waves = loaded.Plan.Rollout!.Waves;
        await using var session = await States.OpenAny(host, loaded)!.OpenAsync("apply plan.yaml", TestContext.Current.CancellationToken);
        var (id, now) = ($"aaaa000{run}", host.Time.GetUtcNow());
        if (gate is not null)
        {
            await session.Journal.AppendAsync(new JournalEntry.Gate(
                now, StageId.Wave(place - 1, waves[place - 1].Name).ToText(), gate, new string('e', 64), new string('f', 64)));
        }

        await session.Journal.AppendAsync(new JournalEntry.Run(
            now, id, DigestOf(run), "plan", loaded.Digest, StageId.Wave(place, waves[place].Name).ToText(), RunPurpose.Apply, null, session.Holder));
        foreach (var user in users)
        {
            ImmutableArray<ChangeSettled> outcomes = [new(Change.RouteId, new ChangeOutcome.Applied(null))];
            await session.Journal.AppendAsync(new JournalEntry.Begin(now, id, UnitId.ForUser(user), [Change.RouteId]));
            await session.Journal.AppendAsync(new JournalEntry.Settle(now, id, UnitId.ForUser(user), outcomes, null));
        }

        await session.Journal.AppendAsync(new JournalEntry.Close(now, id, RunResult.Complete));
    }
}
