namespace MfaPlan.Sandbox.Http;

/// <summary>Finds the route of a request; literal segments win over values.</summary>
internal sealed class Router
{
    private readonly Dictionary<int, List<Route>> _byLength = [];

    public void Add(IEnumerable<Route> routes)
    {
        foreach (var route in routes)
        {
            if (!_byLength.TryGetValue(route.Segments.Length, out var list))
            {
                _byLength[route.Segments.Length] = list = [];
            }

            list.Add(route);
        }
    }

    /// <summary>The route, or what is wrong with the request.</summary>
    public (Route? Route, GraphAnswer? Refusal) Find(GraphRequest request)
    {
        var segments = PathSegments.Of(request.Path);
        Route? best = null;
        Dictionary<string, string> bestValues = [];
        Route? elsewhere = null;
        var otherMethod = false;
        foreach (var route in _byLength.GetValueOrDefault(segments.Length) ?? [])
        {
            if (!route.Matches(segments, out var values))
            {
                continue;
            }

            if (!route.Versions.HasFlag(request.Version))
            {
                elsewhere ??= route;
            }
            else if (route.Method != request.Method)
            {
                otherMethod = true;
            }
            else if (best is null || values.Count < bestValues.Count)
            {
                (best, bestValues) = (route, values);
            }
        }

        if (best is not null)
        {
            request.Values = bestValues;
            return (best, null);
        }

        return (null, OurChoices.NoRoute(request, segments, elsewhere is not null, otherMethod));
    }
}
