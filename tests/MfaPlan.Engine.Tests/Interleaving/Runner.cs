using System.Collections.Immutable;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Guards;
using MfaPlan.Core.Journals;
using MfaPlan.Core.Reports;
using MfaPlan.Core.Sources;
using MfaPlan.Engine.Applying;
using MfaPlan.Engine.ChangeSets;
using MfaPlan.Engine.Ports;
using MfaPlan.Engine.Previewing;

namespace MfaPlan.Engine.Tests.Interleaving;

/// <summary>Carries commands out as the program does: with the checks before the first write that apply and rollback have.</summary>
/// <param name="company">The tenant, the plan, the state.</param>
/// <param name="watch">The way to the tenant.</param>
/// <param name="log">Why something was refused, for whoever looks into a failure.</param>
internal sealed class Runner(Company company, Watch watch, List<string> log)
{
    private static readonly ApplyOptions Options = new()
    {
        RequestTimeout = TimeSpan.FromSeconds(10),
        SettleWindow = TimeSpan.FromSeconds(20),
        UnitsAtOnce = 1,
    };

    private int _runs;

    private MemoryState State => company.World.State;

    /// <summary>What was previewed so far and may be applied later.</summary>
    public List<string> Digests { get; } = [];

    public async Task<Ledger> LedgerAsync() => await State.ReadAsync(CancellationToken.None);

    public async Task<PreviewResult> PreviewAsync(StageId? stage)
    {
        var preview = await new PreviewEngine(watch, State).RunAsync(await RequestAsync(company.World.Source) with { Stage = stage }, onStep: null, CancellationToken.None);
        Digests.Add(preview.Digest);
        return preview;
    }

    /// <summary>Previews the way back of a run.</summary>
    public async Task<PreviewResult> PreviewBackAsync(RunRecord run, ImmutableHashSet<Guid>? only)
    {
        var preview = await new RollbackPreview(watch, State).RunAsync(await RequestAsync(SourceData.None), run, only, onStep: null, CancellationToken.None);
        Digests.Add(preview.Digest);
        return preview;
    }

    /// <summary>Closes the open run without writing, as <c>apply --abandon</c> does.</summary>
    public async Task AbandonAsync()
    {
        await using var session = await State.OpenAsync("abandon", CancellationToken.None);
        if (session.Ledger.OpenRun is { } open)
        {
            await session.Journal.AppendAsync(new JournalEntry.Close(company.World.Time.GetUtcNow(), open.Id, RunResult.Abandoned));
        }
    }

    /// <summary>Applies a change set, or goes on with it; false where it was refused before the first write.</summary>
    public async Task<bool> ApplyAsync(string digest)
    {
        await using var session = await State.OpenAsync("apply", CancellationToken.None);
        var (header, footer) = (await ChangeSetFile.VerifyAsync(State, digest, CancellationToken.None)).ShouldNotBeNull();
        if (header.Forecast || IsRefused(footer)
            || (session.Ledger.OpenRun is { } open ? open.Digest != digest : header.ClosedRuns != session.Ledger.ClosedRuns))
        {
            log.Add($"    not applied{(header.Forecast ? ": a forecast" : "")}");
            return false;
        }

        if (footer.Totals.Changed == 0)
        {
            return await PassAsync(session, digest, header);
        }

        watch.Sitting = new Sitting(header, await UnitsAsync(digest));
        try
        {
            if (await HasMovedAsync(header) || await MayNotBeWrittenAsync(header, session.Ledger))
            {
                return false;
            }

            var (holds, standsInTheWay) = await ProofAsync(header, footer);
            if (!holds)
            {
                return false;
            }

            var result = await new ApplyEngine(State, session, watch, company.World.Time).RunAsync(
                digest, header, footer.Totals.Changed, $"run{++_runs}", Options with { StandsInTheWay = standsInTheWay }, static _ => { }, CancellationToken.None);
            watch.Reached |= result.Outcomes.ContainsKey("blocked") ? Reached.Blocked : Reached.None;
            return true;
        }
        finally
        {
            watch.Sitting = null;
        }
    }

    /// <summary>A stage that has nothing to do counts as carried out, where waves wait for it.</summary>
    private async Task<bool> PassAsync(IStateSession session, string digest, ChangeSetHeader header)
    {
        if (header.Purpose != ChangeSetPurpose.Apply || session.Ledger.OpenRun is not null || header.Stage == StageId.Prepare
            || StageReport.Of(company.Plan, session.Ledger).Single(report => report.Stage == header.Stage.Name) is { Run: not null, IsPassed: true })
        {
            return false;
        }

        var run = $"run{++_runs}";
        await session.Journal.AppendAsync(new JournalEntry.Run(
            company.World.Time.GetUtcNow(), run, digest, header.Plan, header.PlanDigest, header.Stage.ToText(), RunPurpose.Apply, header.Undoes, session.Holder));
        await session.Journal.AppendAsync(new JournalEntry.Close(company.World.Time.GetUtcNow(), run, RunResult.Complete));
        return true;
    }

    private async Task<PreviewRequest> RequestAsync(SourceData source) => new(company.Plan, new string('0', 64), source, await LedgerAsync(), new byte[32])
    {
        AsOf = company.World.Time.GetUtcNow(),
        CutOver = company.Terms(),
    };

    private async Task<ImmutableDictionary<UnitId, ImmutableArray<Change>>> UnitsAsync(string digest)
    {
        await using var stream = (await State.OpenChangeSetAsync(digest, CancellationToken.None))!;
        return ChangeSetFile.Lines(stream, State).OfType<ChangeSetLine.Of>()
            .ToImmutableDictionary(static line => line.Unit.Id, static line => line.Unit.Changes);
    }

    /// <summary>Whether what the change set was judged by has moved, or cannot be read.</summary>
    private async Task<bool> HasMovedAsync(ChangeSetHeader header)
    {
        var (problems, inputs) = await InputsAsync(header);
        var moved = header.Inputs.Except(inputs).Select(static input => input.Name).ToList();
        if (problems || moved.Count > 0 || inputs.Length != header.Inputs.Length)
        {
            log.Add($"    not applied: moved since the preview: {string.Join(", ", moved)}");
            return true;
        }

        return false;
    }

    private async Task<(bool Problems, ImmutableArray<ChangeSetInput> Inputs)> InputsAsync(ChangeSetHeader header)
    {
        var back = header.Purpose == ChangeSetPurpose.Rollback;
        if (header.Stage.WaveName is not null)
        {
            var wave = await new WaveViewReader(watch).ReadAsync(
                company.Plan, WavePreview.WaveOf(company.Plan, header.Stage), company.World.Time.GetUtcNow(), CancellationToken.None);
            return (!wave.Problems.IsEmpty, back ? InputFingerprints.OfBack(wave) : InputFingerprints.Of(wave, header.Stage, checklist: null));
        }

        if (header.Stage == StageId.CutOver)
        {
            var reader = new CutOverViewReader(watch);
            var domains = CutOverPreview.DomainsOf(company.Plan);
            var view = back
                ? await reader.ReadBackAsync(company.Plan, [], CancellationToken.None)
                : await reader.ReadAsync(company.Plan, domains, company.World.Time.GetUtcNow(), CancellationToken.None);
            return (!view.Problems.IsEmpty, back ? InputFingerprints.OfBack(view) : InputFingerprints.Of(domains, view, exceptions: null, checklist: null));
        }

        var whole = await new TenantViewReader(watch).ReadAsync(company.Plan, CancellationToken.None);
        return (!whole.Problems.IsEmpty, InputFingerprints.Of(header.Stage, whole, ImmutableSortedDictionary<string, string>.Empty, checklist: null));
    }

    /// <summary>Whether a cut-over, proved anew right before its first write, is refused.</summary>
    private async Task<bool> MayNotBeWrittenAsync(ChangeSetHeader header, Ledger ledger)
    {
        if (header.Stage != StageId.CutOver || header.Purpose != ChangeSetPurpose.Apply)
        {
            return false;
        }

        var request = await RequestAsync(SourceData.None) with { Ledger = ledger };
        var (footer, inputs) = await new CutOverPreview(watch, State).ProveAsync(request, onStep: null, CancellationToken.None);
        return IsRefused(footer) || !inputs.SequenceEqual(header.Inputs);
    }

    private bool IsRefused(ChangeSetFooter footer)
    {
        var refusing = footer.Guards.Where(static guard => guard.Verdict != GuardVerdict.Holds).Select(static guard => guard.Code).ToList();
        if (refusing.Count > 0)
        {
            log.Add($"    refused by {string.Join(", ", refusing)}");
        }

        return refusing.Count > 0;
    }

    /// <summary>What is asked of each unit right before its first send; null where nobody is moved and nothing is taken away.</summary>
    private async Task<(bool Holds, Func<Unit, CancellationToken, Task<string?>>? StandsInTheWay)> ProofAsync(ChangeSetHeader header, ChangeSetFooter footer)
    {
        if (header.Purpose == ChangeSetPurpose.Rollback)
        {
            return (true, new FreshWayBack(watch, watch, company.Plan, footer, company.World.Time).StandsInTheWayAsync);
        }

        if (header.Stage.WaveName is null)
        {
            return (true, null);
        }

        var policy = (await watch.ReadMethodsPolicyAsync(CancellationToken.None)).SeenOrDefault.ShouldNotBeNull();
        var administrators = (await watch.ReadAdministratorsAsync(CancellationToken.None)).SeenOrDefault.ShouldNotBeNull();
        var move = await new MoveContextReader(watch).ReadAsync(company.Plan, administrators, policy, company.World.Time.GetUtcNow(), CancellationToken.None);
        return (move.Problems.IsEmpty, new FreshProof(watch, watch, move).StandsInTheWayAsync);
    }
}
