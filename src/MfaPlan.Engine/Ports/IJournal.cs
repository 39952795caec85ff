using MfaPlan.Core.Journals;

namespace MfaPlan.Engine.Ports;

/// <summary>The durable record of intents and outcomes. Many may append at once; order is that of the calls.</summary>
public interface IJournal
{
    /// <summary>
    /// Appends one entry and completes when it is durable. Entries that are queued meanwhile share one write and one
    /// flush. There is no cancellation, on purpose: an entry that was handed over is on its way.
    /// </summary>
    /// <exception cref="JournalBrokenException">A write or flush failed, now or earlier; nothing can be appended any
    /// more.</exception>
    /// <exception cref="ArgumentException">The entry holds a text that the journal may not keep; nothing was
    /// written.</exception>
    /// <exception cref="InvalidOperationException">The entry speaks of a run that is not open, or opens a second;
    /// nothing was written.</exception>
    ValueTask AppendAsync(JournalEntry entry);
}
