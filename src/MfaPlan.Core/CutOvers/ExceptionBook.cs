using System.Collections.Immutable;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Tenants;

namespace MfaPlan.Core.CutOvers;

/// <summary>The exceptions of a cut-over by user, and those that are nobody's.</summary>
public sealed class ExceptionBook
{
    private readonly Dictionary<Guid, AcceptedUser> _byUser = [];

    private ExceptionBook(ImmutableArray<Finding> idle) => Idle = idle;

    /// <summary>What is to be said of rows that name nobody whom the cut-over moves, in order of row.</summary>
    public ImmutableArray<Finding> Idle { get; private set; }

    /// <summary>Joins rows and users.</summary>
    /// <param name="exceptions">The rows.</param>
    /// <param name="users">Users whom the cut-over moves.</param>
    public static ExceptionBook Of(ImmutableArray<AcceptedUser> exceptions, IEnumerable<DirectoryUser> users)
    {
        var rows = new Dictionary<string, AcceptedUser>(StringComparer.OrdinalIgnoreCase);
        foreach (var exception in exceptions)
        {
            rows.TryAdd(exception.User.Reveal(), exception);
        }

        var book = new ExceptionBook([]);
        if (rows.Count == 0)
        {
            return book;
        }

        var used = new HashSet<long>();
        var twice = new Dictionary<long, string>();
        foreach (var user in users)
        {
            var (byId, byName) = (rows.GetValueOrDefault(user.Id.ToString("D")), rows.GetValueOrDefault(user.PrincipalName.Reveal()));
            if (byId is not null && byName is not null)
            {
                twice[byId.Row] = twice[byName.Row] = $"the user stands in the rows {Math.Min(byId.Row, byName.Row)} and {Math.Max(byId.Row, byName.Row)}";
            }
            else if ((byId ?? byName) is { } exception)
            {
                book._byUser[user.Id] = exception;
                used.Add(exception.Row);
            }
        }

        book.Idle =
        [
            .. exceptions.Where(row => !used.Contains(row.Row)).OrderBy(static row => row.Row)
                .Select(row => CutOverPlanner.Idle(row, twice.GetValueOrDefault(row.Row) ?? "it names nobody whom the cut-over moves")),
        ];
        return book;
    }

    /// <summary>A user's exception; null for none.</summary>
    public AcceptedUser? Of(Guid user) => _byUser.GetValueOrDefault(user);
}
