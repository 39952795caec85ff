using System.Net;

namespace MfaPlan.Graph.Http;

/// <summary>How often and when a read goes again.</summary>
internal static class Retry
{
    /// <summary>Attempts in all, when the service fails or does not answer.</summary>
    public const int MostAttempts = 6;

    /// <summary>Refusals for going too fast, each obeyed, before a read counts as failed.</summary>
    public const int MostThrottles = 40;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <summary>Whether a status may be gone at the next attempt.</summary>
    public static bool IsPassing(HttpStatusCode status) =>
        (int)status is 408 or 500 or 502 or 503 or 504 or 509;

    /// <summary>The wait after a failure: one second, doubling, up to half a minute.</summary>
    /// <param name="failures">Failures so far, from 1.</param>
    public static TimeSpan Wait(int failures)
    {
        var wait = TimeSpan.FromSeconds(Math.Pow(2, Math.Min(failures, 16) - 1));
        return wait < Longest ? wait : Longest;
    }
}
