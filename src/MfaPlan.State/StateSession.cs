using System.Diagnostics.CodeAnalysis;
using MfaPlan.Core.Journals;
using MfaPlan.Engine.Ports;
using MfaPlan.State.Journals;

namespace MfaPlan.State;

/// <summary>The writing session of a state.</summary>
internal sealed class StateSession : IStateSession
{
    private readonly Opened _opened;
    private readonly JournalAppender _appender;

    private StateSession(Opened opened, JournalAppender appender, Ledger ledger, int epoch, bool tookOver)
    {
        _opened = opened;
        _appender = appender;
        Ledger = ledger;
        Epoch = epoch;
        TookOver = tookOver;
    }

    /// <inheritdoc/>
    public IJournal Journal => _appender;

    /// <inheritdoc/>
    public IFence Fence => _opened.Fence;

    /// <inheritdoc/>
    public Ledger Ledger { get; }

    /// <inheritdoc/>
    public int Epoch { get; }

    /// <inheritdoc/>
    public string Holder => _opened.Holder.Holder;

    /// <inheritdoc/>
    public bool TookOver { get; }

    /// <inheritdoc/>
    public LockHolder? Previous => _opened.Previous;

    /// <summary>Begins to append: what was recovered, and whose run is taken over.</summary>
    /// <param name="opened">What was opened; its lock stays the caller's when this fails.</param>
    /// <param name="open">Opens a segment at its end, or makes it.</param>
    /// <param name="limits">When a segment is full.</param>
    /// <param name="time">The clock.</param>
    [SuppressMessage("Reliability", "CA2000", Justification = "The appender is the session's, or disposed where there is none.")]
    public static async Task<StateSession> BeginAsync(
        Opened opened, Func<int, ValueTask<ISegmentFile>> open, JournalLimits limits, TimeProvider time)
    {
        var builder = opened.Builder;
        var tookOver = builder.OpenRunId is not null;
        var epoch = builder.Epoch + 1;
        var appender = new JournalAppender(opened.End, epoch, limits, open, time) { Written = line => builder.Add(line.Span) };
        try
        {
            if (opened.Recovered is { } recovered)
            {
                await appender.AppendAsync(recovered);
            }

            // Before anything is judged: from here on a line of this epoch stands behind the last one of whoever began the run, so that what they
            // still write is out of order. So a session that then refuses to go on leaves this line, and it is true: the run is in its hands.
            if (tookOver)
            {
                await appender.AppendAsync(
                    new JournalEntry.Takeover(time.GetUtcNow(), opened.Holder.Holder, builder.Holder ?? "unknown"));
            }

            appender.Written = null;
            return new StateSession(opened, appender, builder.Build(), epoch, tookOver);
        }
        catch
        {
            await appender.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _appender.DisposeAsync();
        await _opened.Held.DisposeAsync();
    }

    /// <summary>A state whose lock is held and whose journal was read.</summary>
    /// <param name="Held">Gives the lock back.</param>
    /// <param name="Fence">Whether it is still held.</param>
    /// <param name="Holder">This session.</param>
    /// <param name="Previous">Who left the lock without giving it back.</param>
    /// <param name="Builder">The fold so far.</param>
    /// <param name="End">Where the next line goes.</param>
    /// <param name="Recovered">What is to be said of a bad end; null when there was none.</param>
    internal sealed record Opened(
        IAsyncDisposable Held,
        IFence Fence,
        LockHolder Holder,
        LockHolder? Previous,
        LedgerBuilder Builder,
        JournalEnd End,
        JournalEntry.Recovered? Recovered);
}
