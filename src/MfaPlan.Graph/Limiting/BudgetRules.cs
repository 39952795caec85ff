namespace MfaPlan.Graph.Limiting;

/// <summary>How a budget is spent.</summary>
/// <param name="MaxInFlight">The most requests in flight, whatever the service allows; from 1.</param>
internal sealed record BudgetRules(int MaxInFlight)
{
    /// <summary>Requests in flight at the beginning: low, since most limits are not published.</summary>
    public int Start { get; init; } = 4;

    /// <summary>For every request of the budget; null where no limit is known.</summary>
    public Pacer? Pacer { get; init; }

    /// <summary>For requests that write; null where no limit is known. Several budgets may share one.</summary>
    public Pacer? WritePacer { get; init; }

    /// <summary>The first wait after a 429 that names none; it doubles with every further one in a row.</summary>
    public TimeSpan FirstBackoff { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest of these waits.</summary>
    public TimeSpan LongestBackoff { get; init; } = TimeSpan.FromMinutes(1);
}
