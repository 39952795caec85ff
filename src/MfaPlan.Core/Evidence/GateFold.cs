using System.Collections.Immutable;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Gates;
using MfaPlan.Core.Journals;

namespace MfaPlan.Core.Evidence;

/// <summary>
/// Holds the readings of a pack against its journal: that a line's digests and result follow from the reading, and that the reading counts the users whom
/// the journal had routed. What the sign-in log said is the reading's word alone: no log is in a pack.
/// </summary>
/// <param name="readings">The readings that hold, by query and sample.</param>
/// <param name="excused">Whether the writer said that it did not have the reading of a query.</param>
/// <param name="note">Takes what is wrong.</param>
internal sealed class GateFold(
    IReadOnlyDictionary<(string Query, string Sample), GateReading> readings, Func<string, bool> excused, Action<EvidenceNote> note)
{
    /// <summary>A claim about an open run is looked at so often; a forger's may fit the number of users at every line of a long journal.</summary>
    private const int MostTries = 1000;

    private readonly SortedDictionary<string, RoutedUsers> _waves = new(StringComparer.Ordinal);
    private readonly HashSet<(string Run, string Digest, string PlanDigest)> _switches = [];
    private readonly ILookup<string, GateReading> _claims = readings.Values.ToLookup(static reading => StageId.TryParse(reading.Query.Stage)?.Name ?? "", StringComparer.Ordinal);
    private readonly HashSet<GateReading> _borneOut = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<GateReading, int> _tries = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<(string, string)> _named = [];
    private readonly ImmutableArray<GateFacts>.Builder _gates = ImmutableArray.CreateBuilder<GateFacts>();

    /// <summary>The judgements so far, the oldest first.</summary>
    public ImmutableArray<GateFacts> Gates => _gates.ToImmutable();

    /// <summary>The last judgement of each gate so far, by the names of stages.</summary>
    public ImmutableDictionary<string, (string Result, int Epoch)> Last { get; private set; } =
        ImmutableDictionary.Create<string, (string Result, int Epoch)>(StringComparer.Ordinal);

    /// <summary>The stages of waves that have routed users now.</summary>
    public ImmutableArray<string> Routed => [.. _waves.Where(static wave => wave.Value.Users.Count > 0).Select(static wave => wave.Key)];

    /// <summary>Takes the next entry of the journal in.</summary>
    public void Add(JournalEntry entry)
    {
        if (entry is JournalEntry.Run run && StageId.TryParse(run.Stage) is { WaveName: not null } stage)
        {
            _waves.TryAdd(stage.Name, new RoutedUsers(stage.Name));
        }
        else if (entry is JournalEntry.Run { Purpose: RunPurpose.Apply } other && StageId.TryParse(other.Stage) == StageId.CutOver)
        {
            _switches.Add((other.RunId, other.Digest, other.PlanDigest));
        }

        foreach (var (name, routed) in _waves)
        {
            if (routed.Add(entry))
            {
                BearOut(name, routed);
            }
        }
    }

    /// <summary>A gate was judged here.</summary>
    public GateFacts Judged(long n, string place, int epoch, JournalEntry.Gate gate)
    {
        var key = (gate.Query, gate.Sample);
        _named.Add(key);
        Last = Last.SetItem(StageId.TryParse(gate.Stage)?.Name ?? gate.Stage, (gate.Result, epoch));
        var reading = readings.GetValueOrDefault(key);
        if (reading is null)
        {
            var excuse = excused(gate.Query);
            note(new EvidenceNote(
                excuse ? EvidenceDiagnostics.Unchecked : EvidenceDiagnostics.GateBroken, place,
                "What this gate was judged by is not in the pack" + (excuse ? ", so its result is the journal's word." : ", or does not hold, and nothing says why.")));
        }
        else
        {
            Check(reading.Decision.Word == gate.Result, place, $"The journal says {gate.Result} of this gate, and from its reading follows {reading.Decision.Word}.");
            Check(reading.Query.Stage == gate.Stage, place, "The reading of this gate is about the gate of another stage.");
            Check(
                reading.Query.Routing is not { } routing || IsBorneOut(reading, routing), place,
                "The reading of this gate counts other users, or names another run, than the journal before it says of the wave.");
        }

        var facts = new GateFacts(n, place, gate, reading);
        _gates.Add(facts);
        return facts;
    }

    /// <summary>The journal is over.</summary>
    public void End()
    {
        foreach (var (query, sample) in readings.Keys.Where(key => !_named.Contains(key)))
        {
            note(new EvidenceNote(EvidenceDiagnostics.FileForeign, PackPaths.Reading(query, sample), "No gate of the journal was judged by it, so it is no evidence of anything."));
        }
    }

    /// <summary>
    /// A reading is gathered before its line is written, and other lines may come between; so it may say what any line before said. The digest of the users is
    /// worked out only where their number is right and a run is open where it says so.
    /// </summary>
    private void BearOut(string wave, RoutedUsers routed)
    {
        foreach (var claim in _claims[wave])
        {
            var said = claim.Query.Routing;
            var tries = _tries.GetValueOrDefault(claim);
            if (said is null || said.Users != routed.Users.Count || said.IsOpen != routed.IsOpen || tries >= MostTries || _borneOut.Contains(claim))
            {
                continue;
            }

            _tries[claim] = tries + 1;
            if (routed.Build() == said)
            {
                _borneOut.Add(claim);
            }
        }
    }

    /// <summary>Whether the journal before says what a reading says of whom it is about. The users of a domain that was switched no journal names: they are the reading's word.</summary>
    private bool IsBorneOut(GateReading reading, GateRouting routing) => reading.Query.IsWatch
        ? _switches.Contains((routing.Run, routing.Digest, routing.PlanDigest))
        : _borneOut.Contains(reading);

    private void Check(bool holds, string place, string otherwise)
    {
        if (!holds)
        {
            note(new EvidenceNote(EvidenceDiagnostics.GateBroken, place, otherwise));
        }
    }
}
