using System.Globalization;
using MfaPlan.Graph.Limiting;

namespace MfaPlan.Cli.Rendering;

/// <summary>
/// How far something long is, on the error stream: a line that renews itself on a terminal, one line a minute elsewhere, so that a log shows
/// life and stays short. Told by a timer, since nothing else happens while the service has us wait.
/// </summary>
internal sealed class ProgressLine : IDisposable
{
    private static readonly TimeSpan OnTerminal = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan InLog = TimeSpan.FromMinutes(1);

    private readonly CliHost _host;
    private readonly string _what;
    private readonly Func<IEnumerable<LimiterSnapshot>> _limits;
    private readonly Lock _gate = new();
    private readonly ITimer _timer;
    private readonly long _began;
    private long _before;
    private long _done;
    private long _total;
    private bool _shown;
    private bool _ended;

    /// <summary>Begins to tell.</summary>
    /// <param name="host">The world.</param>
    /// <param name="what">What is counted, in the plural.</param>
    /// <param name="limits">How the service's budgets stand.</param>
    public ProgressLine(CliHost host, string what, Func<IEnumerable<LimiterSnapshot>> limits)
    {
        _host = host;
        _what = what;
        _limits = limits;
        _began = host.Time.GetTimestamp();
        var every = host.IsInteractive ? OnTerminal : InLog;
        _timer = host.Time.CreateTimer(static state => ((ProgressLine)state!).Tell(), this, every, every);
    }

    /// <summary>What was done before this began and is not part of its rate.</summary>
    public void Begin(long before, long total)
    {
        lock (_gate)
        {
            _before = _done = before;
            _total = total;
        }
    }

    /// <summary>So many are done.</summary>
    public void At(long done, long total)
    {
        lock (_gate)
        {
            _done = done;
            _total = total;
        }
    }

    /// <summary>Writes a line of its own, over the one that renews itself.</summary>
    public void Say(string line)
    {
        lock (_gate)
        {
            Clear();
            _host.Error.WriteLine(line);
        }
    }

    /// <summary>Ends the telling and leaves no trace of it on a terminal.</summary>
    public void Dispose()
    {
        _timer.Dispose();
        lock (_gate)
        {
            _ended = true;
            Clear();
        }
    }

    private void Tell()
    {
        lock (_gate)
        {
            if (_ended || _total == 0)
            {
                return;
            }

            var line = Line();
            if (_host.IsInteractive)
            {
                _host.Error.Write("\r\u001b[K" + line);
                _shown = true;
            }
            else
            {
                _host.Error.WriteLine(line);
            }
        }
    }

    private string Line()
    {
        var seconds = Math.Max(_host.Time.GetElapsedTime(_began).TotalSeconds, 0.001);
        var rate = (_done - _before) / seconds;
        var left = rate > 0 ? TimeSpan.FromSeconds(Math.Round((_total - _done) / rate)).ToString("c", CultureInfo.InvariantCulture) : "unknown";
        return string.Create(CultureInfo.InvariantCulture, $"{_done} of {_total} {_what}, {rate:0.0} a second, time left {left}{Throttle()}");
    }

    private string Throttle()
    {
        var limits = _limits().ToList();
        var throttled = limits.Sum(static limit => limit.Throttled);
        var paused = limits.Where(static limit => limit.PausedUntil is not null).MaxBy(static limit => limit.PausedUntil);
        return (throttled, paused) switch
        {
            (_, { PausedUntil: { } until }) => string.Create(
                CultureInfo.InvariantCulture, $", throttled {Times(throttled)}, the service has us wait until {until:HH:mm:ss} UTC"),
            ( > 0, _) => $", throttled {Times(throttled)}",
            _ => "",
        };
    }

    private static string Times(long count) => count == 1 ? "once" : string.Create(CultureInfo.InvariantCulture, $"{count} times");

    private void Clear()
    {
        if (_shown)
        {
            _host.Error.Write("\r\u001b[K");
            _shown = false;
        }
    }
}
