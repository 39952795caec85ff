using System.Globalization;
using System.Text;

namespace MfaPlan.Core.Journals;

/// <summary>
/// Folds a journal line by line and checks it on the way: format, hash, number, epoch, and that the line can stand
/// where it does.
/// </summary>
public sealed class LedgerBuilder
{
    private readonly List<RunTally> _runs = [];
    private readonly LedgerUnits _units = new();
    private readonly JournalChain _chain = new();
    private readonly SortedDictionary<string, JournalEntry.Gate> _gates = new(StringComparer.Ordinal);
    private RunTally? _open;
    private byte[] _openId = [];

    /// <summary>The number of the last line; 0 before the first.</summary>
    public long LastN => _chain.LastN;

    /// <summary>The epoch of the last line; 0 before the first.</summary>
    public int Epoch { get; private set; }

    /// <summary>The hash of the last line.</summary>
    public string LastHash => _chain.LastHash;

    /// <summary>When the last line was written; null before the first.</summary>
    public DateTimeOffset? LastAt { get; private set; }

    /// <summary>The id of the run that is not closed; null when there is none.</summary>
    public string? OpenRunId => _open?.Id;

    /// <summary>Who began the last run or took it over; null before the first.</summary>
    public string? Holder { get; private set; }

    /// <summary>Folds one line. After an exception the builder is as it was.</summary>
    /// <param name="line">Without line end.</param>
    /// <exception cref="JournalDamagedException">The line is not what was written there, or was written by a newer
    /// program.</exception>
    public void Add(ReadOnlySpan<byte> line)
    {
        var n = LastN + 1;
        _chain.Check(line);
        var fields = LineReader.Read(line, n);
        if (fields.N != n || fields.Epoch < Math.Max(1, Epoch))
        {
            throw Damaged(
                JournalDamage.OutOfOrder,
                n,
                $"Line {n} calls itself {fields.N} of epoch {fields.Epoch}; the epoch before was {Epoch}.");
        }

        Fold(fields, n);
        _chain.Advance();
        Epoch = fields.Epoch;
        LastAt = fields.At;
    }

    /// <summary>The fold. The builder is not to be used any more.</summary>
    public Ledger Build()
    {
        _units.Trim();
        return new Ledger([.. _runs.Select(static run => run.ToRecord())], _units, Epoch, Holder, LastN, LastHash, LastAt)
        {
            Gates = [.. _gates.Values],
            SwitchedDomains = _units.Domains(),
        };
    }

    private static JournalDamagedException Damaged(JournalDamage damage, long n, FormattableString message) =>
        new(damage, n, 0, message.ToString(CultureInfo.InvariantCulture));

    private void Fold(in LineReader fields, long n)
    {
        switch (fields.Kind)
        {
            case LineKind.Begin:
                _ = OpenRun(fields.Run, n);
                _units.Begin(fields.Unit, fields.At, fields.Items);
                break;
            case LineKind.Settle:
                SettleUnit(fields, OpenRun(fields.Run, n), n);
                break;
            default:
                FoldRare(fields.Rare, n);
                break;
        }
    }

    private void SettleUnit(in LineReader fields, RunTally run, long n)
    {
        try
        {
            _units.Settle(fields.Unit, fields.At, fields.Items, fields.Source, run);
        }
        catch (FormatException exception)
        {
            throw Damaged(JournalDamage.Malformed, n, $"Line {n}: {exception.Message}");
        }
    }

    private void FoldRare(JournalEntry? entry, long n)
    {
        switch (entry)
        {
            case JournalEntry.Run run when _open is null:
                _open = new RunTally(run);
                _openId = Encoding.UTF8.GetBytes(run.RunId);
                _runs.Add(_open);
                Holder = run.Holder;
                break;
            case JournalEntry.Run run:
                throw Damaged(JournalDamage.OutOfPlace, n, $"Line {n} opens run {run.RunId} while run {_open.Id} is open.");
            case JournalEntry.Close close:
                OpenRun(Encoding.UTF8.GetBytes(close.RunId), n).Close(close.Result, close.At);
                _open = null;
                _units.Close();
                break;
            case JournalEntry.Gate gate:
                _gates[gate.Stage] = gate;
                break;
            case JournalEntry.Takeover takeover:
                Holder = takeover.Holder;
                break;
            case JournalEntry.Segment segment when segment.Previous != (LastN == 0 ? null : LastHash):
                throw Damaged(
                    JournalDamage.OutOfPlace,
                    n,
                    $"Line {n} begins segment {segment.Number}, which does not follow what stands before it.");
        }
    }

    private RunTally OpenRun(ReadOnlySpan<byte> id, long n) => _open is { } open && id.SequenceEqual(_openId)
        ? open
        : throw Damaged(JournalDamage.OutOfPlace, n, $"Line {n} speaks of run {Encoding.UTF8.GetString(id)}, which is not open.");
}
