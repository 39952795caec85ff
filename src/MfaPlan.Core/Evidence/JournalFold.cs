using System.Collections.Immutable;
using System.Text.Json;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Diagnostics;
using MfaPlan.Core.Gates;
using MfaPlan.Core.Guards;
using MfaPlan.Core.Journals;

namespace MfaPlan.Core.Evidence;

/// <summary>
/// Reads the journal of a pack line by line: follows its chain, makes the tables of writes, gates and runs, and checks every line of a run
/// against the change set that it carries out.
/// </summary>
/// <param name="format">The pack's format.</param>
/// <param name="table">The tables.</param>
/// <param name="gates">Holds gates against their readings.</param>
/// <param name="find">The change set of a digest; null where the pack has none that holds.</param>
/// <param name="unitsOf">The units of a change set that was found.</param>
/// <param name="excused">Whether the writer said that it did not have the change set of a digest.</param>
/// <param name="note">Takes what is wrong.</param>
internal sealed class JournalFold(
    int format,
    PackTable table,
    GateFold gates,
    Func<string, CanonicalChangeSet?> find,
    Func<string, Dictionary<UnitId, RunUnit>> unitsOf,
    Func<string, bool> excused,
    Action<EvidenceNote> note)
{
    /// <summary>Rows of the summary; the table has all.</summary>
    private const int FewWrites = 200;

    /// <summary>Stands for the holder of a session that no line names.</summary>
    private const string Nobody = "unknown";

    private static readonly string[] OfEveryLine = ["v", "n", "kind", "epoch", "hash"];

    private readonly LedgerBuilder _ledger = new();
    private readonly List<RunFacts> _runs = [];
    private readonly ImmutableArray<WriteRow>.Builder _few = ImmutableArray.CreateBuilder<WriteRow>();
    private RunFacts? _run;
    private (int Epoch, string Name) _holder = (0, Nobody);
    private string _actor = Nobody;
    private string _place = "";

    /// <summary>How many changes were settled or begun, all runs together.</summary>
    public long Writes { get; private set; }

    /// <summary>The first of them.</summary>
    public ImmutableArray<WriteRow> FirstWrites => _few.ToImmutable();

    /// <summary>The runs, the oldest first.</summary>
    public IReadOnlyList<RunFacts> Runs => _runs;

    /// <summary>How far it goes.</summary>
    public JournalFacts Facts => new(_ledger.LastN, _ledger.LastHash, _ledger.LastAt, _ledger.OpenRunId);

    /// <summary>Takes the next line in.</summary>
    /// <param name="line">Without line end.</param>
    /// <param name="place">The file and the line in it.</param>
    /// <exception cref="JournalDamagedException">It is not the next line.</exception>
    public void Add(ReadOnlyMemory<byte> line, string place)
    {
        _ledger.Add(line.Span);
        _place = place;
        var (n, epoch, entry, _) = JournalLines.Parse(line.Span);
        NameHolder(epoch, entry);
        gates.Add(entry);
        switch (entry)
        {
            case JournalEntry.Run run:
                Open(n, epoch, run);
                break;
            case JournalEntry.Begin begin:
                CheckBegin(begin);
                _run!.Begin(n, _actor, begin);
                break;
            case JournalEntry.Settle settle:
                Settle(n, settle);
                break;
            case JournalEntry.Takeover takeover:
                _run?.TakenOver.Add((n, takeover));
                break;
            case JournalEntry.Close close:
                WriteUnsettled();
                _run!.Closed = (n, close);
                _run.Forget();
                _run = null;
                break;
            case JournalEntry.Gate gate:
                Gate(line, gates.Judged(n, place, epoch, gate));
                break;
        }
    }

    /// <summary>The journal is over; adds the table of runs.</summary>
    public ImmutableArray<RunRecord> End()
    {
        WriteUnsettled();
        var records = _ledger.Build().Runs;
        foreach (var (run, record) in _runs.Zip(records))
        {
            table.Add(PackPaths.Runs, json => WriteRun(json, run, record));
        }

        _run?.Forget();
        gates.End();
        return records;
    }

    /// <summary>
    /// Who held the lock when a line was written: the session that opened the run, or the one that took it over. Nobody is taken for the holder of a later
    /// session's lines only because no line names that one.
    /// </summary>
    private void NameHolder(int epoch, JournalEntry entry)
    {
        _holder = entry switch
        {
            JournalEntry.Run run => (epoch, run.Holder),
            JournalEntry.Takeover takeover => (epoch, takeover.Holder),
            _ => _holder,
        };
        _actor = _holder.Epoch == epoch || format < ManifestText.WithGates ? _holder.Name : Nobody;
        if (_run is { } open && entry is JournalEntry.Begin or JournalEntry.Settle)
        {
            Check(_actor != Nobody, open.Entry, "goes on in a session whose holder no line names");
        }
    }

    private void Open(long n, int epoch, JournalEntry.Run run)
    {
        Check(StageId.TryParse(run.Stage) is not null, run, "is of no stage");
        var set = find(run.Digest);
        if (set is not null)
        {
            CheckRun(run, set);
        }
        else if (excused(run.Digest))
        {
            Note(EvidenceDiagnostics.Unchecked, $"The pack does not have the change set {run.Digest} of run {run.RunId}, so what the run wrote is checked against nothing.");
        }
        else
        {
            Note(EvidenceDiagnostics.RunContradicted, $"Run {run.RunId} carries out the change set {run.Digest}, which is not in the pack or does not hold.");
        }

        _run = new RunFacts(run, n, epoch, set is null ? null : unitsOf(run.Digest)) { Routed = gates.Routed, GatesBefore = gates.Last };
        _runs.Add(_run);
    }

    private void CheckRun(JournalEntry.Run run, CanonicalChangeSet set)
    {
        var header = set.Header;
        Check(run.Plan == header.Plan && run.PlanDigest == header.PlanDigest, run, "is of another plan than its change set");
        Check(run.Stage == header.Stage.ToText(), run, "is of another stage than its change set");
        Check(run.Purpose == set.Purpose && run.Undoes == header.Undoes, run, "goes another way than its change set");
        Check(header.ClosedRuns == _runs.Count, run, "began when its change set was spent: the number of runs before it is another");
        Check(!header.Forecast, run, "carries out a forecast");
        Check(set.Footer.Verdict == GuardVerdict.Holds, run, "carries out a change set that its guards do not let through");
        Check(run.Undoes is not { } undone || _runs.Exists(earlier => earlier.Entry.RunId == undone), run, "undoes a run that was not before it");
    }

    private void CheckBegin(JournalEntry.Begin begin)
    {
        if (_run!.Unit(begin.Unit) is not { } unit)
        {
            Check(!_run.HasUnits, _run.Entry, $"begins {begin.Unit}, for which its change set has no changes");
            return;
        }

        var known = WriteRow.ChangesOf(unit).Select(static change => change.Id).ToHashSet(StringComparer.Ordinal);
        Check(begin.Changes.All(known.Contains), _run.Entry, $"begins a change of {begin.Unit} that its change set does not have");
    }

    private void Settle(long n, JournalEntry.Settle settle)
    {
        var run = _run!;
        var unit = run.Unit(settle.Unit);
        var changes = unit is null ? [] : WriteRow.ChangesOf(unit);
        if (run.HasUnits)
        {
            Check(
                unit is not null && changes.Select(static change => change.Id).SequenceEqual(settle.Outcomes.Select(static outcome => outcome.Id), StringComparer.Ordinal),
                run.Entry, $"settles {settle.Unit} with other changes than its change set has");
            Check(unit?.Source == settle.Source, run.Entry, $"settles {settle.Unit} by another source record than its change set");
        }

        var begun = run.Settle(settle.Unit);
        foreach (var outcome in settle.Outcomes)
        {
            var begin = begun.TryGetValue(outcome.Id, out var at) ? at : default(RunFacts.Begun?);
            Check(
                begin is not null || outcome.Is is not (ChangeOutcome.Applied or ChangeOutcome.Refused or ChangeOutcome.Unconfirmed),
                run.Entry, $"settles {outcome.Id} of {settle.Unit} as {outcome.Is.Word} and never began it");
            Write(RowOf(run, settle.Unit, changes, outcome.Id, begin).With(outcome) with { Settled = (n, settle.At) });
        }
    }

    /// <summary>What was begun and not settled may have been sent, and no line says so.</summary>
    private void WriteUnsettled()
    {
        foreach (var unit in _run?.Open ?? [])
        {
            var changes = _run!.Unit(unit) is { } known ? WriteRow.ChangesOf(known) : [];
            foreach (var (change, at) in _run.BegunOf(unit).OrderBy(static change => change.Key, StringComparer.Ordinal))
            {
                Write(RowOf(_run, unit, changes, change, at) with { SettledBy = null });
            }
        }
    }

    private WriteRow RowOf(
        RunFacts run, UnitId unit, ImmutableArray<(string Id, string Before, string After)> changes, string id, RunFacts.Begun? begun)
    {
        var (_, before, after) = changes.FirstOrDefault(change => change.Id == id);

        // Packs of format 1 named who held the lock at the end alone.
        var sender = format >= ManifestText.WithGates && begun is { Actor: var began } ? began : _actor;
        return new WriteRow(run.Entry.RunId, unit.ToString(), id, before ?? WriteRow.Nothing, after ?? WriteRow.Nothing)
        {
            Actor = sender,
            SettledBy = sender == _actor ? null : _actor,
            Begun = begun is { } at ? (at.Line, at.At) : null,
        };
    }

    private void Write(WriteRow row)
    {
        Writes++;
        if (_few.Count < FewWrites)
        {
            _few.Add(row);
        }

        table.Add(PackPaths.Writes, row.WriteTo);
    }

    /// <summary>Whatever a gate's line says beside what every line has, and how each criterion of its reading stands.</summary>
    private void Gate(ReadOnlyMemory<byte> line, GateFacts gate)
    {
        using var document = JsonDocument.Parse(line);
        table.Add(PackPaths.Gates, json =>
        {
            json.WriteNumber("line", gate.Line);
            foreach (var member in document.RootElement.EnumerateObject().Where(static member => !OfEveryLine.Contains(member.Name, StringComparer.Ordinal)))
            {
                member.WriteTo(json);
            }

            if (format >= ManifestText.WithGates && gate.Reading is { } reading)
            {
                json.WriteNumber("users", reading.Query.Routing?.Users ?? 0);
                json.WriteStartObject("criteria");
                foreach (var criterion in reading.Decision.Criteria)
                {
                    json.WriteString(criterion.Name, GateDecision.WordOf(criterion.Result));
                }

                json.WriteEndObject();
            }
        });
    }

    private static void WriteRun(Utf8JsonWriter json, RunFacts run, RunRecord record)
    {
        json.WriteString("run", record.Id);
        json.WriteString("changeSet", record.Digest);
        json.WriteString("planDigest", record.PlanDigest);
        json.WriteString("stage", record.Stage);
        json.WriteString("purpose", record.Purpose);
        WriteRow.WriteIfAny(json, "undoes", record.Undoes);
        json.WriteString("actor", run.Entry.Holder);
        json.WriteNumber("beganLine", run.Line);
        json.WriteString("began", record.At.UtcDateTime);
        if (run.Closed is { } closed)
        {
            json.WriteNumber("endedLine", closed.Line);
            json.WriteString("ended", closed.Entry.At.UtcDateTime);
        }

        json.WriteString("result", record.Result ?? "open");
        json.WriteStartArray("takeovers");
        foreach (var (line, entry) in run.Takeovers)
        {
            json.WriteStartObject();
            json.WriteNumber("line", line);
            json.WriteString("at", entry.At.UtcDateTime);
            json.WriteString("actor", entry.Holder);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("units", record.Units);
        json.WriteStartObject("outcomes");
        foreach (var (word, count) in record.Outcomes)
        {
            json.WriteNumber(word, count);
        }

        json.WriteEndObject();
    }

    private void Check(bool holds, JournalEntry.Run run, string otherwise)
    {
        if (!holds)
        {
            Note(EvidenceDiagnostics.RunContradicted, $"Run {run.RunId} {otherwise}.");
        }
    }

    private void Note(DiagnosticDescriptor descriptor, string reason) => note(new EvidenceNote(descriptor, _place, reason));
}
