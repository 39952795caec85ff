using System.Security.Cryptography;
using System.Text.Json;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Journals;

namespace MfaPlan.Core.Evidence;

/// <summary>A change set as its canonical lines say it; personal values stand as keyed codes.</summary>
/// <param name="Digest">SHA-256 of the lines.</param>
/// <param name="Header">Its header.</param>
/// <param name="Footer">Its footer.</param>
/// <param name="Units">How many units.</param>
/// <param name="Noted">Units of which something was found.</param>
/// <param name="Skipped">Of these, the units that get no change.</param>
public sealed record CanonicalChangeSet(string Digest, ChangeSetHeader Header, ChangeSetFooter Footer, long Units, long Noted, long Skipped)
{
    private static readonly byte[] LineEnd = [(byte)'\n'];

    /// <summary>Of two members of one name nobody could say which one was approved.</summary>
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>What it is for: a word of <see cref="RunPurpose"/>.</summary>
    public string Purpose => Header.Purpose == ChangeSetPurpose.Apply ? RunPurpose.Apply : RunPurpose.Rollback;

    /// <summary>Reads a change set to its end, works its digest out, and adds its lines to the tables of units.</summary>
    /// <param name="name">The digest that it is named by.</param>
    /// <param name="lines">Without line ends.</param>
    /// <param name="table">The tables.</param>
    /// <exception cref="FormatException">It is none, or its digest is another; the message says which.</exception>
    internal static CanonicalChangeSet Read(string name, IEnumerable<ReadOnlyMemory<byte>> lines, PackTable table)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var reading = new Reading(name, table);
        foreach (var line in lines)
        {
            hash.AppendData(line.Span);
            hash.AppendData(LineEnd);
            reading.Add(line);
        }

        var digest = Convert.ToHexStringLower(hash.GetHashAndReset());
        return digest == name
            ? reading.End(digest)
            : throw new FormatException($"Its lines give the digest {digest}, not the one that it is named by.");
    }

    /// <summary>The units with changes, as the journal is checked against them.</summary>
    /// <param name="lines">Lines that <see cref="Read"/> took.</param>
    internal static Dictionary<UnitId, RunUnit> UnitsOf(IEnumerable<ReadOnlyMemory<byte>> lines)
    {
        var units = new Dictionary<UnitId, RunUnit>();
        foreach (var line in lines)
        {
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement;
            if (root.TryGetProperty("unit", out var id) && root.TryGetProperty("changes", out var changes))
            {
                units[UnitId.Parse(id.GetString())] = new RunUnit(
                    System.Text.Encoding.UTF8.GetBytes(changes.GetRawText()), root.TryGetProperty("source", out var source) ? source.GetString() : null);
            }
        }

        return units;
    }

    private sealed class Reading(string name, PackTable table)
    {
        private ChangeSetHeader? _header;
        private ChangeSetFooter? _footer;
        private (StageId Stage, UnitId Id)? _last;
        private long _units;
        private long _noted;
        private long _skipped;

        public void Add(ReadOnlyMemory<byte> line)
        {
            try
            {
                using var document = JsonDocument.Parse(line, Strict);
                Add(document.RootElement, line);
            }
            catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException or ArgumentException or OverflowException)
            {
                throw new FormatException("A line of it is none of a change set.", error);
            }
        }

        public CanonicalChangeSet End(string digest) => _header is { } header && _footer is { } footer
            ? new CanonicalChangeSet(digest, header, footer, _units, _noted, _skipped)
            : throw new FormatException("It is not whole.");

        private void Add(JsonElement root, ReadOnlyMemory<byte> line)
        {
            if (_footer is not null)
            {
                throw new FormatException("Lines follow its footer.");
            }

            if (root.TryGetProperty("unit", out var unit) && _header is not null)
            {
                AddUnit(unit.GetString() ?? "", root);
            }
            else if (!(root.TryGetProperty("leftover", out _) && _header is not null))
            {
                AddEnd(ChangeSetJson.Read(line));
            }
        }

        private void AddEnd(ChangeSetLine line)
        {
            switch (line)
            {
                case ChangeSetLine.Head head when _header is null:
                    _header = head.Header;
                    break;
                case ChangeSetLine.Foot foot when _header is not null:
                    _footer = foot.Footer;
                    break;
                default:
                    throw new FormatException("Its lines are out of order.");
            }
        }

        private void AddUnit(string id, JsonElement root)
        {
            var place = (StageId.Parse(root.GetProperty("stage").GetString() ?? ""), UnitId.Parse(id));
            if (place.Item2.ToString() != id)
            {
                throw new FormatException("A unit is not named as units are.");
            }

            if (_last is { } last && last.CompareTo(place) >= 0)
            {
                throw new FormatException("Its units are out of order.");
            }

            _last = place;
            _units++;
            var changes = CountChanges(root);
            if (root.TryGetProperty("unknown", out var why))
            {
                table.Add(PackPaths.Unknown, json =>
                {
                    json.WriteString("changeSet", name);
                    json.WriteString("unit", id);
                    json.WriteString("why", why.GetString());
                });
            }

            if (root.TryGetProperty("findings", out var findings))
            {
                _noted++;
                _skipped += changes == 0 ? 1 : 0;
                table.Add(PackPaths.Findings, json =>
                {
                    json.WriteString("changeSet", name);
                    json.WriteString("unit", id);
                    json.WriteNumber("changes", changes);
                    json.WriteStartArray("codes");
                    foreach (var finding in findings.EnumerateArray())
                    {
                        json.WriteStringValue(finding.GetProperty("code").GetString());
                    }

                    json.WriteEndArray();
                });
            }
        }

        /// <summary>Counts the changes, each read as the table of writes will read it; a source that is no text decided nothing.</summary>
        private static int CountChanges(JsonElement root)
        {
            if (root.TryGetProperty("source", out var source) && source.GetString() is null)
            {
                throw new FormatException("A unit's source is empty.");
            }

            var count = 0;
            if (root.TryGetProperty("changes", out var changes))
            {
                foreach (var change in changes.EnumerateArray())
                {
                    _ = WriteRow.ChangeOf(change);
                    count++;
                }
            }

            return count;
        }
    }
}

/// <summary>The changes of a unit as canonical JSON.</summary>
/// <param name="Changes">The array, UTF-8.</param>
/// <param name="Source">The fingerprint of the source record that decided; null when none did.</param>
internal sealed record RunUnit(byte[] Changes, string? Source);
