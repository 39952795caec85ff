using MfaPlan.Core.Journals;
using MfaPlan.Engine.Ports;

namespace MfaPlan.Cli.Composition;

/// <summary>An open run that stands in a command's way.</summary>
internal static class OpenRuns
{
    /// <summary>
    /// Lets a command refuse before it takes the lock: a session that finds an open run takes it over and says so in the journal, and a refusal is
    /// to leave no line. The command asks again under the lock, for whatever came between.
    /// </summary>
    /// <param name="state">The state.</param>
    /// <param name="refuse">Throws where the run stands in the way.</param>
    /// <param name="cancellationToken">Stops the look.</param>
    public static async Task RefuseAheadAsync(IStateStore state, Action<RunRecord> refuse, CancellationToken cancellationToken)
    {
        if (await state.WhoAsync(cancellationToken) is null && (await state.ReadAsync(cancellationToken)).OpenRun is { } open)
        {
            refuse(open);
        }
    }
}
