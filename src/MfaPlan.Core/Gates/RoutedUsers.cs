using System.Security.Cryptography;
using System.Text;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Journals;

namespace MfaPlan.Core.Gates;

/// <summary>Folds a journal into the users that one wave has routed; a rollback takes them out again.</summary>
/// <param name="wave">The stage's name, <c>wave/NAME</c>.</param>
public sealed class RoutedUsers(string wave)
{
    private readonly Dictionary<string, JournalEntry.Run> _runs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _order = new(StringComparer.Ordinal);
    private readonly Dictionary<Guid, (string Run, DateTimeOffset At)> _users = [];
    private string? _open;

    /// <summary>The users, by object id.</summary>
    public IReadOnlyCollection<Guid> Users => _users.Keys;

    /// <summary>Takes one line into account.</summary>
    /// <param name="line">Verified before, without line end.</param>
    public void Add(ReadOnlySpan<byte> line)
    {
        switch (JournalLines.Parse(line).Entry)
        {
            case JournalEntry.Run run when IsOfWave(run):
                _runs[run.RunId] = run;
                _order[run.RunId] = _order.Count;
                _open = run.RunId;
                break;
            case JournalEntry.Close close when close.RunId == _open:
                _open = null;
                break;
            case JournalEntry.Settle settle when settle.Unit.Kind == UnitKind.User && _runs.TryGetValue(settle.RunId, out var run):
                Settle(settle, run);
                break;
        }
    }

    /// <summary>What the lines came to; null where nobody is routed.</summary>
    public GateRouting? Build()
    {
        if (_users.Count == 0)
        {
            return null;
        }

        var runs = _users.Values.Select(static user => user.Run).Distinct(StringComparer.Ordinal).OrderBy(run => _order[run]).ToList();
        var newest = _runs[runs[^1]];
        return new GateRouting(
            newest.RunId, newest.Digest, newest.PlanDigest, _open is not null, _runs[runs[0]].At.ToUniversalTime(),
            _users.Values.Max(static user => user.At).ToUniversalTime(), _users.Count, DigestOf(_users.Keys));
    }

    /// <summary>A rollback is of the wave where the run that it undoes is.</summary>
    private bool IsOfWave(JournalEntry.Run run) =>
        StageId.Parse(run.Stage).Name == wave || (run.Undoes is { } undone && _runs.ContainsKey(undone));

    private void Settle(JournalEntry.Settle settle, JournalEntry.Run run)
    {
        // Already in place may be our own write before a kill; what ended otherwise says nothing of how the user stands.
        if (settle.Outcomes.Any(static outcome => outcome.Id == Change.RouteId && outcome.Is.IsInPlace))
        {
            if (run.Purpose == RunPurpose.Rollback)
            {
                _users.Remove(settle.Unit.User);
            }
            else
            {
                _users[settle.Unit.User] = (settle.RunId, settle.At);
            }
        }
    }

    /// <summary>SHA-256 (hex) of users' object ids in order, a line each.</summary>
    public static string DigestOf(IEnumerable<Guid> users)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var user in users.Order())
        {
            hash.AppendData(Encoding.ASCII.GetBytes(user.ToString("D") + "\n"));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
