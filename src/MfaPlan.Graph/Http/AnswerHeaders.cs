using System.Globalization;

namespace MfaPlan.Graph.Http;

/// <summary>Reads the headers of an answer that mean something to us.</summary>
internal static class AnswerHeaders
{
    /// <summary>The longest wait that is believed; a service that asks for more is asked again after it.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    /// <summary>Retry-After of an answer.</summary>
    public static TimeSpan? RetryAfter(HttpResponseMessage response) =>
        Text(response, "Retry-After") is { } text ? RetryAfter(text, response.Headers.Date) : null;

    /// <summary>Retry-After as seconds, whole or decimal, or as a date; a date is measured by the service's own clock.</summary>
    /// <param name="text">The header's value.</param>
    /// <param name="date">The Date header beside it.</param>
    public static TimeSpan? RetryAfter(string text, DateTimeOffset? date)
    {
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds))
        {
            return TimeSpan.FromSeconds(Math.Min(seconds, LongestWait.TotalSeconds));
        }

        if (date is { } now && DateTimeOffset.TryParseExact(text, "r", CultureInfo.InvariantCulture, DateTimeStyles.None, out var until))
        {
            var wait = until - now;
            return wait < TimeSpan.Zero ? TimeSpan.Zero : wait < LongestWait ? wait : LongestWait;
        }

        return null;
    }

    /// <summary>x-ms-throttle-limit-percentage: the used share of the limit.</summary>
    public static double? Fullness(HttpResponseMessage response) =>
        double.TryParse(Text(response, "x-ms-throttle-limit-percentage"), NumberStyles.Float, CultureInfo.InvariantCulture, out var share)
            ? share
            : null;

    /// <summary>The service's name for the request.</summary>
    public static string? RequestId(HttpResponseMessage response) => Text(response, "request-id");

    private static string? Text(HttpResponseMessage response, string name) =>
        response.Headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;
}
