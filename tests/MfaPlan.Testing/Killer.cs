namespace MfaPlan.Testing;

/// <summary>Counts the steps of a run over the fakes and kills it at one of them.</summary>
/// <param name="at">The step to kill at, from 0; negative for never.</param>
public sealed class Killer(int at)
{
    private int _steps;

    /// <summary>Steps passed so far.</summary>
    public int Steps => _steps;

    /// <summary>Passes a step, or dies at it; once dead, dead for good.</summary>
    public void Step(string what)
    {
        var step = Interlocked.Increment(ref _steps) - 1;
        if (at >= 0 && step >= at)
        {
            throw new KilledException(what);
        }
    }
}
