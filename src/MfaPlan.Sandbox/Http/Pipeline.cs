using System.Globalization;
using System.Text.Json.Nodes;
using MfaPlan.Sandbox.Faults;
using MfaPlan.Sandbox.Limits;
using MfaPlan.Sandbox.Permissions;
using MfaPlan.Sandbox.Tenant;

namespace MfaPlan.Sandbox.Http;

/// <summary>
/// What every request goes through, alone or in a batch: latency, faults, limits, permissions, its route, and after an
/// effective write perhaps the loss of the answer.
/// </summary>
internal sealed class Pipeline(TenantState tenant, Router router, Throttle throttle, Counters counters)
{
    private long _ordinal;

    /// <summary>The next request's number, by which chance is drawn.</summary>
    public long NextOrdinal() => Interlocked.Increment(ref _ordinal);

    /// <summary>The answer, complete with body and headers; and whether it is to be withheld.</summary>
    public async Task<(GraphAnswer Answer, bool IsDropped)> ProcessAsync(
        GraphRequest request,
        long ordinal,
        CancellationToken cancellationToken)
    {
        if (tenant.Faults.Latency > TimeSpan.Zero)
        {
            await Task.Delay(tenant.Faults.Latency, tenant.Clock.Time, cancellationToken);
        }

        var (route, refusal) = router.Find(request);
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var answer = refusal
            ?? Faulty(request, route!, ordinal)
            ?? Limited(request, route!, headers)
            ?? Handle(request, route!);
        var isDropped = false;
        if (route is { IsWrite: true } && answer.Status is >= 200 and < 300)
        {
            counters.Write();
            if (Chance.Hits(tenant.Faults.DropAfterWriteRate, tenant.Faults.Seed, ordinal, Chance.Drop))
            {
                counters.Dropped();
                isDropped = true;
                answer = OurChoices.ItemTimedOut();
            }
        }

        foreach (var (name, value) in headers)
        {
            answer.Headers.TryAdd(name, value);
        }

        return (Complete(answer, request, ordinal), isDropped);
    }

    /// <summary>Adds request ids, date and the error envelope.</summary>
    public GraphAnswer Complete(GraphAnswer answer, GraphRequest request, long ordinal)
    {
        var now = tenant.Now;
        var requestId = Ids.From(
            "request",
            tenant.TenantId,
            now.Ticks.ToString(CultureInfo.InvariantCulture),
            ordinal.ToString(CultureInfo.InvariantCulture));
        var clientId = request.Headers.GetValueOrDefault("client-request-id") ?? requestId;
        answer.Headers["request-id"] = requestId;
        answer.Headers["client-request-id"] = clientId;
        answer.Headers["Date"] = now.ToString("R", CultureInfo.InvariantCulture);
        if (answer.Error is not { } error)
        {
            return answer;
        }

        var inner = new JsonObject
        {
            ["date"] = now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture),
            ["request-id"] = requestId,
            ["client-request-id"] = clientId,
        };
        if (answer.Status == 429)
        {
            inner["code"] = "429";
            inner["message"] = "Please retry after";
            inner["status"] = "429";
        }

        var full = new GraphAnswer
        {
            Status = answer.Status,
            Body = new JsonObject
            {
                ["error"] = new JsonObject
                {
                    ["code"] = error.Code,
                    ["message"] = error.Message,
                    ["innerError"] = inner,
                },
            },
        };
        foreach (var (name, value) in answer.Headers)
        {
            full.Headers[name] = value;
        }

        return full;
    }

    private GraphAnswer? Faulty(GraphRequest request, Route route, long ordinal)
    {
        var now = tenant.Clock.Time.GetUtcNow();
        var own = $"{request.Method} {request.VersionName}{request.Path}";
        if (throttle.IsEarly(own, now, TimeSpan.Zero)
            || throttle.IsEarly(Throttle.KeyOf(route), now, OurChoices.InFlightGrace))
        {
            counters.Early();
        }

        var faults = tenant.Faults;
        if (Chance.Hits(faults.ThrottleRate, faults.Seed, ordinal, Chance.Throttle))
        {
            counters.Throttled();
            var answer = GraphAnswer.Fail(429, "TooManyRequests", "Please retry again later.");
            if (route.Budget != Budget.ConditionalAccess)
            {
                answer.Headers["Retry-After"] = faults.RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
                throttle.Announce(own, now, TimeSpan.FromSeconds(faults.RetryAfterSeconds));
            }

            return answer;
        }

        if (Chance.Hits(faults.ServerErrorRate, faults.Seed, ordinal, Chance.ServerError))
        {
            counters.ServerError();
            return OurChoices.Unavailable();
        }

        return null;
    }

    private GraphAnswer? Limited(GraphRequest request, Route route, Dictionary<string, string> headers)
    {
        var refusal = throttle.Refuse(request, route, tenant.Clock.Time.GetUtcNow(), headers);
        if (refusal is not null)
        {
            counters.Throttled();
        }

        return refusal;
    }

    /// <summary>Whether the user in the path holds an active role, directly or through a group.</summary>
    private bool IsAdmin(GraphRequest request) =>
        tenant.Users.Find(request.Values.GetValueOrDefault("user", string.Empty)) is { } user
        && tenant.Documents.Current(DocumentPaths.RoleAssignments) is { } assignments
        && assignments.EnumerateArray()
            .Select(static item => item.Text("principalId"))
            .OfType<string>()
            .Any(principal => principal.Equals(user.Id, StringComparison.OrdinalIgnoreCase)
                || tenant.Groups.IsMember(principal, user.Id));

    private GraphAnswer Handle(GraphRequest request, Route route)
    {
        if (tenant.Permissions is { } held && !PermissionTable.Allows(route.Access, held))
        {
            return PermissionTable.IsMethodsService(route.Access)
                ? GraphAnswer.Fail(403, "accessDenied", "Request Authorization failed")
                : GraphAnswer.Fail(
                    403,
                    "Authorization_RequestDenied",
                    "Insufficient privileges to complete the operation.");
        }

        if (tenant.Switches.ProtectsAdmins
            && route.IsWrite
            && PermissionTable.IsMethodsService(route.Access)
            && IsAdmin(request))
        {
            return GraphAnswer.Fail(403, "accessDenied", "Request Authorization failed");
        }

        if (request.BodyProblem is { } problem)
        {
            return OurChoices.BadBody(problem);
        }

        try
        {
            return route.Handle(request);
        }
        catch (FormatException bad)
        {
            return OurChoices.BadFilter(bad.Message);
        }
    }
}
