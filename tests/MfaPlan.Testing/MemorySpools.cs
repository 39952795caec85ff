using System.Collections.Immutable;
using System.Globalization;
using MfaPlan.Engine.Ports;

namespace MfaPlan.Testing;

/// <summary>Notes of previews in memory. Nobody holds one: a killed preview's is there for the next.</summary>
public sealed class MemorySpools : ISpools
{
    private readonly SortedDictionary<string, MemoryStream> _notes = new(StringComparer.Ordinal);

    /// <summary>How many notes there are.</summary>
    public int Count => _notes.Count;

    /// <summary>Cuts the end off every note, as a kill within a write does.</summary>
    /// <param name="bytes">How many bytes.</param>
    public void Cut(int bytes)
    {
        foreach (var (name, note) in _notes.ToList())
        {
            _notes[name] = new MemoryStream([.. note.ToArray().SkipLast(bytes)]);
        }
    }

    /// <inheritdoc/>
    public Task<Spool> CreateAsync(CancellationToken cancellationToken)
    {
        var name = _notes.Count.ToString("0000", CultureInfo.InvariantCulture);
        return Task.FromResult(new Spool(name, _notes[name] = new MemoryStream()));
    }

    /// <inheritdoc/>
    public Task<ImmutableArray<string>> ListAsync(CancellationToken cancellationToken) =>
        Task.FromResult<ImmutableArray<string>>([.. _notes.Keys]);

    /// <inheritdoc/>
    public Task<Stream?> OpenAsync(string name, CancellationToken cancellationToken) =>
        Task.FromResult<Stream?>(_notes.TryGetValue(name, out var note) ? new MemoryStream(note.ToArray(), writable: false) : null);

    /// <inheritdoc/>
    public Task DeleteAsync(string name, CancellationToken cancellationToken)
    {
        _notes.Remove(name);
        return Task.CompletedTask;
    }
}
