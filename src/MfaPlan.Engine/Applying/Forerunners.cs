using System.Collections.Immutable;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Journals;

namespace MfaPlan.Engine.Applying;

/// <summary>
/// The units of the tenant that a change set has before its users: a group that is to be filled must be part of the rollout first, since there it
/// may have few members when it is added. No user is begun before they have ended, and none at all where one is not in place.
/// </summary>
/// <param name="ledger">What is settled already, by a run that is gone on with.</param>
/// <param name="run">The run.</param>
internal sealed class Forerunners(Ledger ledger, string run)
{
    private readonly Lock _gate = new();
    private readonly HashSet<UnitId> _running = [];
    private TaskCompletionSource? _waiting;

    /// <summary>The first unit that is not in place; null where all are.</summary>
    public string? NotInPlace { get; private set; }

    /// <summary>Whether one stays open, begun and unreadable, so that nothing may be concluded about users.</summary>
    public bool Open { get; private set; }

    /// <summary>Ends when no unit of the tenant runs.</summary>
    public Task AllEnded
    {
        get
        {
            lock (_gate)
            {
                if (_running.Count == 0)
                {
                    return Task.CompletedTask;
                }

                _waiting ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                return _waiting.Task;
            }
        }
    }

    /// <summary>The next unit of the change set, whether or not it is to run.</summary>
    public void Meet(Unit unit)
    {
        if (unit.Id.Kind == UnitKind.User)
        {
            return;
        }

        lock (_gate)
        {
            if (ledger.ProgressOf(run, unit.Id) is UnitProgress.Settled settled)
            {
                Judge(unit, settled.Outcomes);
            }
            else
            {
                _running.Add(unit.Id);
            }
        }
    }

    /// <summary>A unit has ended, or stays open where there are no outcomes.</summary>
    public void End(Unit unit, ImmutableArray<ChangeSettled>? outcomes)
    {
        if (unit.Id.Kind == UnitKind.User)
        {
            return;
        }

        lock (_gate)
        {
            if (outcomes is { } settled)
            {
                Judge(unit, settled);
            }
            else
            {
                Open = true;
            }

            if (_running.Remove(unit.Id) && _running.Count == 0)
            {
                _waiting?.SetResult();
                _waiting = null;
            }
        }
    }

    private void Judge(Unit unit, ImmutableArray<ChangeSettled> outcomes) =>
        NotInPlace ??= outcomes.All(static outcome => outcome.Is.IsInPlace) ? null : unit.Id.ToString();
}
