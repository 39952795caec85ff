using System.Collections.Immutable;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Journals;
using MfaPlan.Engine.ChangeSets;
using MfaPlan.Engine.Ports;

namespace MfaPlan.Engine.Previewing;

/// <summary>What a run that is to be undone left: its change set with the before-images, and what of it was applied.</summary>
internal static class UndoneRun
{
    /// <summary>Opens its change set.</summary>
    /// <exception cref="ChangeSetBrokenException">It is gone.</exception>
    public static async Task<Stream> OpenAsync(IStateStore state, RunRecord run, CancellationToken cancellationToken) =>
        await state.OpenChangeSetAsync(run.Digest, cancellationToken)
        ?? throw new ChangeSetBrokenException("The change set of the run is gone, and with it the before-images.");

    /// <summary>The ids of its applied changes, by unit.</summary>
    public static async Task<IReadOnlyDictionary<UnitId, ImmutableArray<string>>> AppliedAsync(
        IStateStore state, string runId, CancellationToken cancellationToken)
    {
        var applied = new AppliedChanges(runId);
        await foreach (var line in state.ReadJournalAsync(cancellationToken))
        {
            applied.Add(line.Span);
        }

        return applied.Units;
    }
}
