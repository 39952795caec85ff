using System.Collections.Immutable;
using System.Globalization;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Journals;
using MfaPlan.Core.Plans;
using MfaPlan.Engine.Ports;
using MfaPlan.State;

namespace MfaPlan.Benchmarks.Scenarios;

/// <summary>A long journal: how long <c>status</c> takes, which checks and folds every line of it.</summary>
internal static class JournalScenario
{
    private const int AtOnce = 10_000;
    private static readonly ImmutableArray<string> Changes = ["phone.mobile", "defaultMethod"];

    /// <summary>Writes the journal through the state's own session, then times <c>status</c>.</summary>
    public static async Task RunAsync(Workplace place, Report report, int users, int lines, CancellationToken cancellationToken)
    {
        var folder = await place.FolderAsync(users, cancellationToken);
        var plan = PlanReader.ReadBytes("plan.yaml", await File.ReadAllBytesAsync(Path.Combine(folder, "plan.yaml"), cancellationToken)).Value
            ?? throw new InvalidOperationException("The generated plan is not valid.");
        var path = Path.Combine(folder, plan.State.Path);
        var state = LocalState.Init(
            path, plan.Tenant.Id, sandbox: true, new KeySource.File(path.TrimEnd('/', '\\') + ".key", CreateIfMissing: true), TimeProvider.System);
        var units = lines / 2;
        await WriteAsync(state, units, cancellationToken);

        var finished = (await Measured.RunAsync(place.Runner, folder, ["status", "plan.yaml", "--json"], cancellationToken)).OrFail();
        report.Add(new Row("status, one journal unit a user", units, finished.Cost, new Counts(0, 0, 0, 0, 0, 0, 0)));
        report.Claim(finished.Output.Contains(string.Create(CultureInfo.InvariantCulture, $"\"unitsSettled\":{units}"), StringComparison.Ordinal),
            string.Create(
                CultureInfo.InvariantCulture,
                $"journal: {2 * units:n0} lines folded by status in {finished.Cost.Wall.TotalSeconds:0.00} s, peak {finished.Cost.Peak / 1e6:0} MB"));
    }

    private static async Task WriteAsync(LocalState state, int units, CancellationToken cancellationToken)
    {
        await using var session = await state.OpenAsync("bench", cancellationToken);
        var at = TimeProvider.System.GetUtcNow();
        await session.Journal.AppendAsync(new JournalEntry.Run(
            at, "run1", new string('a', 64), "bench", new string('b', 64), StageId.Migrate.ToText(), RunPurpose.Apply, Undoes: null, session.Holder));
        var pending = new List<Task>(2 * AtOnce);
        for (var from = 0; from < units; from += AtOnce)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var i = from; i < Math.Min(units, from + AtOnce); i++)
            {
                pending.AddRange(Unit(session.Journal, at, i));
            }

            await Task.WhenAll(pending);
            pending.Clear();
        }

        await session.Journal.AppendAsync(new JournalEntry.Close(at, "run1", RunResult.Complete));
    }

    private static IEnumerable<Task> Unit(IJournal journal, DateTimeOffset at, int i)
    {
        var unit = UnitId.ForUser(new Guid(i, 0, 0, [0, 0, 0, 0, 0, 0, 0, 1]));
        var request = string.Create(CultureInfo.InvariantCulture, $"00000000-0000-4000-8000-{i:x12}");
        yield return journal.AppendAsync(new JournalEntry.Begin(at, "run1", unit, Changes)).AsTask();
        yield return journal.AppendAsync(new JournalEntry.Settle(
            at,
            "run1",
            unit,
            [.. Changes.Select(id => new ChangeSettled(id, new ChangeOutcome.Applied(request)))],
            string.Create(CultureInfo.InvariantCulture, $"f1:{i:x64}"))).AsTask();
    }
}
