using System.Collections.Immutable;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Journals;
using MfaPlan.Core.Reports;

namespace MfaPlan.Engine.Tests.Interleaving;

/// <summary>A sequence of commands over one company, with other people's changes between any two requests.</summary>
internal sealed class Sequence
{
    private const int Back = 18;
    private readonly Chance _chance;
    private readonly bool _busy;
    private readonly Company _company;
    private readonly Others _others;
    private readonly Watch _watch;
    private readonly Runner _runner;
    private readonly List<string> _log = [];

    public Sequence(ulong seed)
    {
        _chance = new Chance(seed);
        _company = new Company(seed + 1);
        _busy = _chance.Percent(75);
        _others = new Others(_company, seed + 2, _busy ? _chance.Of(0, 1, 2, 4, 8, 15) : 0);
        _watch = new Watch(_company, _others, _log);
        _runner = new Runner(_company, _watch, _log);
    }

    /// <summary>How far it came.</summary>
    public Reached Reached => _watch.Reached;

    /// <summary>The plan and what happened, for whoever looks into a failure.</summary>
    public string Story => _company.PlanText + "\n" + string.Join('\n', _log);

    /// <summary>Goes through the sequence, and then, with everybody else quiet, to its end.</summary>
    public async Task RunAsync(int steps)
    {
        for (var step = 0; step < steps; step++)
        {
            await StepAsync();
        }

        _log.Add("everybody else is quiet");
        _others.Quiet = true;
        _company.Tenant.Answer = null;
        var rounds = 0;
        while (await RoundAsync())
        {
            if (++rounds > 8)
            {
                throw new BrokenPromiseException("QUIET: there is no end to it");
            }
        }

        if (await RoundAsync())
        {
            throw new BrokenPromiseException("QUIET: a second apply of all sends writes");
        }
    }

    private async Task StepAsync()
    {
        while (_busy && _chance.Percent(15))
        {
            _others.Act();
        }

        var ledger = await _runner.LedgerAsync();
        var kill = _chance.Percent(18) ? _chance.Below(70) : -1;
        try
        {
            if (kill >= 0)
            {
                _company.World.KillAt(kill);
            }

            switch (IsCutOver(ledger) && _chance.Percent(35) ? Back : _chance.Below(20))
            {
                case <= 8:
                    await ForwardAsync(ledger, stage: null, "the next stage");
                    break;
                case <= 11:
                    var stages = StageId.Of(_company.Plan).ToArray();
                    var stage = _chance.Of(stages);
                    await ForwardAsync(ledger, stage, $"the stage {stage}");
                    break;
                case 12 when _runner.Digests.Count > 0:
                    await OlderAsync(_runner.Digests[^(1 + _chance.Below(Math.Min(6, _runner.Digests.Count)))]);
                    break;
                case <= Back:
                    await BackAsync(ledger);
                    break;
                default:
                    var by = _chance.Of(TimeSpan.FromMinutes(1), TimeSpan.FromHours(25), TimeSpan.FromDays(30), TimeSpan.FromDays(50));
                    _log.Add($"time passes: {by}");
                    _company.World.Time.Advance(by);
                    break;
            }
        }
        catch (KilledException)
        {
            _log.Add("killed");
            _watch.Reached |= Reached.Killed;
        }
        finally
        {
            _company.World.Restart();
            _watch.Moved();
        }
    }

    /// <summary>As <c>apply</c>: goes on with what is open, or previews and applies.</summary>
    private async Task ForwardAsync(Ledger ledger, StageId? stage, string what)
    {
        if (ledger.OpenRun is { } open)
        {
            MeanwhileAgainst(StageId.Parse(open.Stage));
            var resumed = await _runner.ApplyAsync(open.Digest);
            _log.Add($"the open run {open.Id} goes on: {resumed}");
            _watch.Reached |= resumed ? Reached.Resumed : Reached.None;
            if (!resumed)
            {
                await _runner.AbandonAsync();
            }

            return;
        }

        // A cut-over is never begun without being asked for.
        var next = stage ?? (_company.Plan.CutOver is not null && StageReport.NotPassedBefore(_company.Plan, StageId.CutOver, ledger) is null && _chance.Percent(70)
            ? StageId.CutOver
            : (StageId?)null);
        var preview = await _runner.PreviewAsync(next);
        if (_chance.Percent(25))
        {
            _log.Add($"{what} is previewed: {preview.Digest[..8]}, {preview.Footer.Totals.Changes} changes");
            return;
        }

        MeanwhileAgainst(preview.Header.Stage);

        _log.Add($"{what} ({preview.Header.Stage}) is previewed and applied: {preview.Footer.Totals.Changes} changes");
        var applied = await _runner.ApplyAsync(preview.Digest);
        _log.Add($"  applied: {applied}");
    }

    private async Task OlderAsync(string digest)
    {
        _log.Add($"{digest[..8]} is applied later");
        var applied = await _runner.ApplyAsync(digest);
        _watch.Reached |= applied ? Reached.Older : Reached.None;
        _log.Add($"  applied: {applied}");
    }

    /// <summary>As <c>rollback</c>: of a run, of a wave, of some users.</summary>
    private async Task BackAsync(Ledger ledger)
    {
        if (ledger.OpenRun is { } open)
        {
            if (open.Purpose == RunPurpose.Rollback)
            {
                await ForwardAsync(ledger, stage: null, "the way back");
            }

            return;
        }

        var runs = ledger.Runs.Where(static run => run.Purpose == RunPurpose.Apply && run.Applied > 0)
            .Where(run => !ledger.IsUndone(run)).ToArray();
        if (runs.Length == 0)
        {
            return;
        }

        var run = _chance.Percent(60) ? runs[^1] : _chance.Of(runs);
        var stage = StageId.Parse(run.Stage);
        var ofUsers = stage != StageId.Prepare && stage != StageId.CutOver;
        var only = ofUsers && _chance.Percent(30)
            ? _company.Tenant.Users.Keys.Order().Where(_ => _chance.Percent(40)).ToImmutableHashSet()
            : null;
        var preview = await _runner.PreviewBackAsync(run, only);
        _log.Add($"run {run.Id} of {stage} is rolled back{(only is null ? "" : " for some")}: {preview.Footer.Totals.Changes} changes");
        MeanwhileAgainst(preview.Header.Stage);

        if (_chance.Percent(85))
        {
            var applied = await _runner.ApplyAsync(preview.Digest);
            _log.Add($"  applied: {applied}");
        }
    }

    /// <summary>Between a preview and its apply there is time for people.</summary>
    private void MeanwhileAgainst(StageId stage)
    {
        while (_busy && _chance.Percent(35))
        {
            if (_chance.Percent(70))
            {
                _others.ActAgainst(stage);
            }
            else
            {
                _others.Act();
            }

            _watch.Moved();
        }
    }

    /// <summary>Whether the cut-over was the last that was done; few sequences come so far, so that its way back is tried more often.</summary>
    private static bool IsCutOver(Ledger ledger) => ledger.Runs.LastOrDefault() is { Purpose: RunPurpose.Apply } last && StageId.Parse(last.Stage) == StageId.CutOver;

    /// <summary>Applies every stage once; true where something was sent.</summary>
    private async Task<bool> RoundAsync()
    {
        var sends = _company.Tenant.Sends;
        if ((await _runner.LedgerAsync()).OpenRun is { } open && !await _runner.ApplyAsync(open.Digest))
        {
            await _runner.AbandonAsync();
        }

        foreach (var stage in StageId.Of(_company.Plan))
        {
            var preview = await _runner.PreviewAsync(stage);
            _log.Add($"{stage} once more: {preview.Footer.Totals.Changes} changes");
            await _runner.ApplyAsync(preview.Digest);
        }

        return _company.Tenant.Sends > sends;
    }
}
