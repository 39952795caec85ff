using System.Globalization;
using MfaPlan.Sandbox.Http;

namespace MfaPlan.Sandbox.Limits;

/// <summary>Holds requests against the tenant's limits, and knows who was told to wait until when.</summary>
internal sealed class Throttle
{
    private readonly Lock _gate = new();
    private readonly string _tenantId;
    private readonly RateWindow? _writes;
    private readonly RateWindow? _units;
    private readonly RateWindow? _reports;
    private readonly RateWindow? _access;
    private readonly RateWindow _activations;
    private readonly Dictionary<string, (DateTimeOffset From, DateTimeOffset Until)> _announced =
        new(StringComparer.Ordinal);

    public Throttle(LimitSettings limits, string tenantId)
    {
        _tenantId = tenantId;
        _writes = Window(limits.WritesPer150Seconds, 150);
        _units = Window(limits.ResourceUnitsPer10Seconds, 10);
        _reports = Window(limits.ReportsPer10Seconds, 10);
        _access = Window(limits.ConditionalAccessPerSecond, 1);
        _activations = new(limits.ActivationsPer5Minutes, TimeSpan.FromSeconds(300 / limits.TimeFactor));

        RateWindow? Window(double? limit, double seconds) =>
            limit is { } value ? new(value, TimeSpan.FromSeconds(seconds / limits.TimeFactor)) : null;
    }

    /// <summary>What a request costs in resource units (graph-api.md 9.3).</summary>
    public static int Cost(GraphRequest request, Route route)
    {
        var cost = route.Cost
            - (request.Query.Select is null ? 0 : 1)
            + (request.Query.Expand.Count > 0 ? 1 : 0)
            - (request.Query.Top < 20 ? 1 : 0);
        return Math.Max(1, cost);
    }

    /// <summary>Remembers that somebody was told to wait.</summary>
    public void Announce(string key, DateTimeOffset now, TimeSpan wait)
    {
        lock (_gate)
        {
            Remember(key, now, now + wait);
        }
    }

    /// <summary>Whether a request comes although its key was told to wait longer.</summary>
    public bool IsEarly(string key, DateTimeOffset now, TimeSpan grace)
    {
        lock (_gate)
        {
            if (!_announced.TryGetValue(key, out var wait))
            {
                return false;
            }

            if (now >= wait.Until)
            {
                _announced.Remove(key);
            }

            return now > wait.From + grace && now + OurChoices.ClockTolerance < wait.Until;
        }
    }

    /// <summary>The refusal of a request that exceeds a limit, or null and headers for its answer.</summary>
    public GraphAnswer? Refuse(
        GraphRequest request,
        Route route,
        DateTimeOffset now,
        Dictionary<string, string> headers)
    {
        lock (_gate)
        {
            var cost = Cost(request, route);
            var needs = Needs(route, cost).ToList();
            foreach (var (window, amount, limit, information, hasRetryAfter) in needs)
            {
                if (window.BlockedUntil(amount, now) is { } until)
                {
                    return Refusal(route, now, until, limit, information, hasRetryAfter);
                }
            }

            var share = 0.0;
            foreach (var (window, amount, _, _, _) in needs)
            {
                window.Use(amount, now);
                share = Math.Max(share, window.Share);
            }

            headers["x-ms-resource-unit"] = cost.ToString(CultureInfo.InvariantCulture);
            if (share >= 0.8)
            {
                headers["x-ms-throttle-limit-percentage"] = share.ToString("0.0#", CultureInfo.InvariantCulture);
            }

            return null;
        }
    }

    /// <summary>A wait that is still on keeps its beginning: who comes again meanwhile does not get another
    /// grace.</summary>
    private void Remember(string key, DateTimeOffset now, DateTimeOffset until)
    {
        var from = _announced.TryGetValue(key, out var known) && known.Until > now ? known.From : now;
        _announced[key] = (from, until);
    }

    private IEnumerable<(RateWindow Window, double Amount, string Limit, string Information, bool HasRetryAfter)> Needs(
        Route route,
        int cost)
    {
        switch (route.Budget)
        {
            case Budget.Reports:
                if (_reports is not null)
                {
                    yield return (_reports, 1, "Read", "RequestLimitExceeded", true);
                }

                yield break;
            case Budget.ConditionalAccess:
                if (_access is not null)
                {
                    yield return (_access, 1, "Read", "RequestLimitExceeded", false);
                }

                yield break;
            case Budget.Activations:
                yield return (_activations, 1, "Write", "ActivationLimitExceeded", true);
                break;
            default:
                break;
        }

        if (_units is not null)
        {
            yield return (_units, cost, "ReadWrite", "ResourceUnitLimitExceeded", true);
        }

        if (_writes is not null && route.IsWrite)
        {
            yield return (_writes, 1, "Write", "WriteLimitExceeded", true);
        }
    }

    private GraphAnswer Refusal(
        Route route,
        DateTimeOffset now,
        DateTimeOffset until,
        string limit,
        string information,
        bool hasRetryAfter)
    {
        var answer = GraphAnswer.Fail(429, "TooManyRequests", "Please retry again later.");
        answer.Headers["x-ms-throttle-scope"] = $"Tenant_Application/{limit}/{OurChoices.ApplicationId}/{_tenantId}";
        answer.Headers["x-ms-throttle-information"] = information;
        if (hasRetryAfter)
        {
            var seconds = Math.Max(1, (int)Math.Ceiling((until - now).TotalSeconds));
            answer.Headers["Retry-After"] = seconds.ToString(CultureInfo.InvariantCulture);
            Remember(KeyOf(route), now, now + TimeSpan.FromSeconds(seconds));
        }

        return answer;
    }

    /// <summary>Whom a refusal by a limit tells to wait: all who draw on the same budget.</summary>
    public static string KeyOf(Route route) =>
        route.Budget == Budget.Directory ? $"Directory/{(route.IsWrite ? "Write" : "Read")}" : route.Budget.ToString();
}
