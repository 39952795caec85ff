using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using MfaPlan.Core.Journals;
using MfaPlan.Engine.Ports;

namespace MfaPlan.State.Journals;

/// <summary>
/// Appends to the journal: one loop takes what is queued, makes one write and one flush of it, and only then completes
/// the callers. A failed write or flush ends it for good, for after that nobody knows what the disk holds; the next
/// session reads it.
/// </summary>
internal sealed class JournalAppender : IJournal, IAsyncDisposable
{
    private const int MostInGroup = 4096;

    private readonly Channel<Pending> _queue = Channel.CreateUnbounded<Pending>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Lock _gate = new();
    private readonly JournalLimits _limits;
    private readonly Func<int, ValueTask<ISegmentFile>> _open;
    private readonly TimeProvider _time;
    private readonly int _epoch;
    private readonly ArrayBufferWriter<byte> _group = new();
    private readonly Task _loop;
    private ISegmentFile? _file;
    private int _segment;
    private long _length;
    private long _appends;
    private long _lastN;
    private string _lastHash;
    private string? _openRun;
    private Exception? _broken;

    /// <summary>Begins to take entries.</summary>
    /// <param name="end">Where the next line goes.</param>
    /// <param name="epoch">This session's.</param>
    /// <param name="limits">When a segment is full.</param>
    /// <param name="open">Opens a segment at its end, or makes it.</param>
    /// <param name="time">The clock, for the first lines of segments.</param>
    public JournalAppender(
        JournalEnd end, int epoch, JournalLimits limits, Func<int, ValueTask<ISegmentFile>> open, TimeProvider time)
    {
        _limits = limits;
        _open = open;
        _time = time;
        _epoch = epoch;
        _segment = end.Segment;
        _length = end.Length;
        _appends = end.Full ? limits.Appends : end.Lines;
        _lastN = end.LastN;
        _lastHash = end.LastHash;
        _openRun = end.OpenRun;
        _loop = Task.Run(RunAsync);
    }

    /// <summary>Sees every line once it is durable. Set only while nothing is queued.</summary>
    public Action<ReadOnlyMemory<byte>>? Written { get; set; }

    /// <inheritdoc/>
    public ValueTask AppendAsync(JournalEntry entry)
    {
        JournalLines.Check(entry);
        var pending = new Pending(entry);
        lock (_gate)
        {
            if (_broken is { } broken)
            {
                throw new JournalBrokenException(broken);
            }

            var openRun = RunAfter(entry);
            ObjectDisposedException.ThrowIf(!_queue.Writer.TryWrite(pending), this);
            _openRun = openRun;
        }

        return new ValueTask(pending.Task);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _loop;
        await CloseAsync();
    }

    private string? RunAfter(JournalEntry entry) => entry switch
    {
        JournalEntry.Run run when _openRun is null => run.RunId,
        JournalEntry.Run => throw new InvalidOperationException("A run is open; it is to be closed before another opens."),
        JournalEntry.Begin { RunId: var id } when id != _openRun => throw NotOpen(),
        JournalEntry.Settle { RunId: var id } when id != _openRun => throw NotOpen(),
        JournalEntry.Close { RunId: var id } => id == _openRun ? null : throw NotOpen(),
        JournalEntry.Segment => throw new InvalidOperationException("Segments are the journal's own."),
        _ => _openRun,
    };

    private static InvalidOperationException NotOpen() => new("The run is not open.");

    [SuppressMessage("Design", "CA1031", Justification = "Whatever stops the loop, nobody may be left waiting, and it must not go on.")]
    private async Task RunAsync()
    {
        var group = new List<Pending>();
        try
        {
            while (await _queue.Reader.WaitToReadAsync())
            {
                group.Clear();
                while (group.Count < MostInGroup && _queue.Reader.TryRead(out var pending))
                {
                    group.Add(pending);
                }

                await WriteAsync(group);
                foreach (var pending in group)
                {
                    pending.SetResult();
                }
            }
        }
        catch (Exception exception)
        {
            Break(exception, group);
        }
    }

    private async Task WriteAsync(List<Pending> group)
    {
        _group.ResetWrittenCount();
        if (_segment == 0 || _length == 0 || _length >= _limits.Bytes || _appends >= _limits.Appends)
        {
            await RollAsync();
        }

        foreach (var pending in group)
        {
            Add(pending.Entry);
        }

        _file ??= await _open(_segment);
        await _file.AppendAsync(_group.WrittenMemory);
        await _file.FlushAsync();
        _length += _group.WrittenCount;
        _appends++;
        Show(_group.WrittenMemory);
    }

    private async Task RollAsync()
    {
        await CloseAsync();

        // A segment that a crash left empty is begun again.
        _segment = _segment == 0 || _length > 0 ? _segment + 1 : _segment;
        _length = 0;
        _appends = 0;
        Add(new JournalEntry.Segment(_time.GetUtcNow(), _segment, _lastN == 0 ? null : _lastHash));
    }

    private async ValueTask CloseAsync()
    {
        if (_file is { } file)
        {
            _file = null;
            await file.DisposeAsync();
        }
    }

    private void Add(JournalEntry entry)
    {
        _group.Write(JournalLines.Write(_lastN + 1, _epoch, entry, _lastHash, out _lastHash));
        _group.Write("\n"u8);
        _lastN++;
    }

    private void Show(ReadOnlyMemory<byte> lines)
    {
        while (Written is { } written && !lines.IsEmpty)
        {
            var end = lines.Span.IndexOf((byte)'\n');
            written(lines[..end]);
            lines = lines[(end + 1)..];
        }
    }

    private void Break(Exception exception, List<Pending> group)
    {
        lock (_gate)
        {
            _broken = exception;
            _queue.Writer.TryComplete();
        }

        while (_queue.Reader.TryRead(out var pending))
        {
            group.Add(pending);
        }

        foreach (var pending in group)
        {
            pending.TrySetException(new JournalBrokenException(exception));
        }
    }

    private sealed class Pending(JournalEntry entry) : TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public JournalEntry Entry => entry;
    }
}
