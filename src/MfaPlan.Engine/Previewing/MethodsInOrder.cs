using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using MfaPlan.Core.Tenants;
using MfaPlan.Engine.Ports;

namespace MfaPlan.Engine.Previewing;

/// <summary>
/// The authentication data of many users in order of object id: from the note of a preview that was killed where it has them, else from the
/// tenant, and noted in turn. Nothing is held, however many are noted.
/// </summary>
internal sealed class MethodsInOrder : IAsyncDisposable
{
    private readonly ISpools _spools;
    private readonly ImmutableArray<string> _names;
    private readonly List<SpoolNote> _notes;
    private readonly SpoolWriter? _writer;
    private readonly IAsyncEnumerator<UserRead> _reads;
    private bool _unknown;

    private MethodsInOrder(
        ISpools spools, ImmutableArray<string> names, List<SpoolNote> notes, SpoolWriter? writer, IAsyncEnumerator<UserRead> reads)
    {
        _spools = spools;
        _names = names;
        _notes = notes;
        _writer = writer;
        _reads = reads;
    }

    /// <summary>Begins the reading.</summary>
    /// <param name="tenant">Where what is not noted is read.</param>
    /// <param name="state">Where notes are.</param>
    /// <param name="users">Object ids, ascending.</param>
    /// <param name="parts">What to read of each.</param>
    /// <param name="request">The tenant's id, the journal's end, and the terms.</param>
    /// <param name="cancellationToken">Stops the reading; the note stays.</param>
    [SuppressMessage("Reliability", "CA2000", Justification = "Notes and writer are the reading's.")]
    public static async Task<MethodsInOrder> OpenAsync(
        ITenantReader tenant, IStateStore state, IEnumerable<Guid> users, MethodParts parts, PreviewRequest request, CancellationToken cancellationToken)
    {
        var notes = new List<SpoolNote>();
        ImmutableArray<string> names = [];
        SpoolWriter? writer = null;
        if (request.Spool is { } terms)
        {
            var head = SpoolHead.Of(request.Plan.Tenant.Id, parts, request.Ledger.LastHash);
            names = await state.Spools.ListAsync(cancellationToken);
            foreach (var name in names)
            {
                if (terms.Since is { } since && await SpoolNote.OpenAsync(state, name, head, since, cancellationToken) is { } note)
                {
                    notes.Add(note);
                }
            }

            writer = new SpoolWriter(await state.Spools.CreateAsync(cancellationToken), state.Keys.Seal, terms.Salt.Span, head);
        }

        var reads = tenant.ReadMethodsAsync(users.Where(user => !SpoolNote.HasAhead(notes, user)), parts, cancellationToken);
        return new MethodsInOrder(state.Spools, names, notes, writer, reads.GetAsyncEnumerator(cancellationToken));
    }

    /// <summary>What is known of the next user.</summary>
    /// <param name="user">The next of the ids.</param>
    public async ValueTask<Observed<UserMethods>> NextAsync(Guid user)
    {
        if (SpoolNote.Newest(_notes, user) is { } noted)
        {
            return noted;
        }

        var methods = await _reads.MoveNextAsync() && _reads.Current.User == user
            ? _reads.Current.Methods
            : throw new InvalidOperationException("The tenant's reads came in another order than asked for.");
        if (methods is Observed<UserMethods>.Seen seen)
        {
            _writer?.Add(user, seen);
        }
        else
        {
            _unknown = true;
        }

        return methods;
    }

    /// <summary>
    /// The preview has its change set, so its notes go: the next one looks anew. Where somebody could not be read they stay, and the next one
    /// asks about those alone.
    /// </summary>
    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        if (_writer is not { } writer || _unknown)
        {
            return;
        }

        await DisposeNotesAsync();
        foreach (var name in _names.Append(writer.Name))
        {
            await _spools.DeleteAsync(name, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _reads.DisposeAsync();
        await DisposeNotesAsync();
    }

    private async ValueTask DisposeNotesAsync()
    {
        _notes.ForEach(static note => note.Dispose());
        if (_writer is not null)
        {
            await _writer.DisposeAsync();
        }
    }
}
