using System.Collections.Immutable;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Gates;
using MfaPlan.Core.Guards;
using MfaPlan.Core.Journals;

namespace MfaPlan.Core.Evidence;

/// <summary>
/// Reads journal and change sets of a pack and works the tables out. Writing and verifying do the same here; the one keeps the lines, the
/// other compares them.
/// </summary>
/// <param name="format">The pack's format.</param>
/// <param name="paths">The files that there are; known paths.</param>
/// <param name="open">Opens one of them to be read forward.</param>
/// <param name="missing">What the writer did not have.</param>
/// <param name="line">Takes a table's file and its next line, without line end; the bytes are valid until the call returns.</param>
/// <param name="note">Takes what is wrong.</param>
public sealed class PackFold(
    int format,
    ImmutableArray<string> paths,
    Func<string, Stream> open,
    ImmutableArray<MissingPart> missing,
    Action<string, ReadOnlyMemory<byte>> line,
    Action<EvidenceNote> note)
{
    private const int NumberPlace = 8;
    private const int NumberLength = 6;

    /// <summary>Reads everything.</summary>
    /// <param name="cancellationToken">Stops the reading.</param>
    public PackContents Read(CancellationToken cancellationToken)
    {
        using var table = new PackTable(format, line);
        foreach (var file in PackPaths.Tables)
        {
            table.Begin(file);
        }

        var sets = ReadChangeSets(table, cancellationToken);
        var gates = new GateFold(
            ReadReadings(cancellationToken), query => format < ManifestText.WithGates || IsMissing(MissingPart.Reading, query), note);
        var fold = new JournalFold(
            format, table, gates, digest => sets.GetValueOrDefault(digest), UnitsOf, digest => IsMissing(MissingPart.ChangeSet, digest), note);
        var holds = ReadJournal(fold, cancellationToken);
        var records = holds ? fold.End() : [];
        return new PackContents(
            [.. sets.Values], [.. fold.Runs], records, fold.Facts, holds, fold.Writes, fold.FirstWrites, gates.Gates);
    }

    private bool IsMissing(string what, string digest) => missing.Any(part => part.What == what && part.Digest == digest);

    /// <summary>The readings whose digests are those that they are named by, and whose result follows from them again.</summary>
    private Dictionary<(string, string), GateReading> ReadReadings(CancellationToken cancellationToken)
    {
        var readings = new Dictionary<(string, string), GateReading>();
        foreach (var path in PackPaths.In(paths, "readings"))
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var stream = open(path);
            try
            {
                var reading = GateReading.Read(PackBytes.Read(stream, GateReading.MaxBytes));
                var named = PackPaths.Reading(reading.QueryDigest, reading.SampleDigest) == path;
                var follows = reading.Query.FollowsAgain();
                if (named && follows)
                {
                    readings.Add((reading.QueryDigest, reading.SampleDigest), reading);
                }
                else
                {
                    note(new EvidenceNote(EvidenceDiagnostics.GateBroken, path, named
                        ? "The times that it says were watched do not follow from what it says the log covers."
                        : $"Its query and sample give the digests {reading.QueryDigest} and {reading.SampleDigest}, not those that it is named by."));
                }
            }
            catch (FormatException error)
            {
                note(new EvidenceNote(EvidenceDiagnostics.GateBroken, path, $"It cannot be judged again: {error.Message}."));
            }
        }

        return readings;
    }

    private SortedDictionary<string, CanonicalChangeSet> ReadChangeSets(PackTable table, CancellationToken cancellationToken)
    {
        var sets = new SortedDictionary<string, CanonicalChangeSet>(StringComparer.Ordinal);
        foreach (var path in PackPaths.In(paths, "change-sets"))
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                using var stream = open(path);
                var set = CanonicalChangeSet.Read(PackPaths.DigestOf(path), PackLines.Read(stream), table);
                sets.Add(set.Digest, set);
                AddRows(table, set);
            }
            catch (FormatException error)
            {
                note(new EvidenceNote(EvidenceDiagnostics.ChangeSetBroken, path, error.Message));
            }
        }

        return sets;
    }

    private Dictionary<UnitId, RunUnit> UnitsOf(string digest)
    {
        using var stream = open(PackPaths.ChangeSet(digest));
        return CanonicalChangeSet.UnitsOf(PackLines.Read(stream));
    }

    /// <summary>Whether the chain holds to the end; what does not is noted, and nothing behind it is read.</summary>
    private bool ReadJournal(JournalFold fold, CancellationToken cancellationToken)
    {
        var expected = 1;
        foreach (var path in PackPaths.In(paths, "journal"))
        {
            var at = 0L;
            try
            {
                if (path.AsSpan(NumberPlace, NumberLength) is var number && int.Parse(number, System.Globalization.CultureInfo.InvariantCulture) != expected++)
                {
                    throw new FormatException("The segment before it is missing.");
                }

                using var stream = open(path);
                foreach (var one in PackLines.Read(stream))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    at++;
                    fold.Add(one, EvidenceNote.At(path, at));
                }
            }
            catch (JournalDamagedException error)
            {
                note(new EvidenceNote(
                    error.Damage == JournalDamage.NewerFormat ? EvidenceDiagnostics.NewerPack : EvidenceDiagnostics.JournalBroken,
                    EvidenceNote.At(path, at), error.Message));
                return false;
            }
            catch (FormatException error)
            {
                note(new EvidenceNote(EvidenceDiagnostics.JournalBroken, EvidenceNote.At(path, at + 1), error.Message));
                return false;
            }
        }

        return true;
    }

    private static void AddRows(PackTable table, CanonicalChangeSet set)
    {
        var (header, footer) = (set.Header, set.Footer);
        table.Add(PackPaths.ChangeSets, json =>
        {
            json.WriteString("changeSet", set.Digest);
            json.WriteString("stage", header.Stage.ToText());
            json.WriteString("purpose", set.Purpose);
            WriteRow.WriteIfAny(json, "undoes", header.Undoes);
            json.WriteBoolean("forecast", header.Forecast);
            json.WriteString("planDigest", header.PlanDigest);
            json.WriteNumber("rules", header.Rules);
            json.WriteNumber("closedRuns", header.ClosedRuns);
            json.WriteString("verdict", GuardWords.Of(footer.Verdict));
            json.WriteNumber("units", set.Units);
            json.WriteNumber("changed", footer.Totals.Changed);
            json.WriteNumber("changes", footer.Totals.Changes);
            json.WriteNumber("noted", set.Noted);
            json.WriteNumber("skipped", set.Skipped);
            json.WriteNumber("unknown", footer.Totals.Unknown);
            json.WriteNumber("leftover", footer.Totals.Leftover);
            json.WriteStartArray("inputs");
            foreach (var input in header.Inputs)
            {
                json.WriteStartObject();
                json.WriteString("name", input.Name);
                json.WriteString("fingerprint", input.Fingerprint);
                json.WriteNumber("count", input.Count);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
        foreach (var guard in footer.Guards)
        {
            table.Add(PackPaths.Guards, json =>
            {
                json.WriteString("changeSet", set.Digest);
                json.WriteString("code", guard.Code);
                json.WriteString("verdict", GuardWords.Of(guard.Verdict));
                json.WriteString("message", guard.Message);
            });
        }
    }
}
