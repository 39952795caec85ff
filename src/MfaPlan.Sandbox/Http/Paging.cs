using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using MfaPlan.Sandbox.Faults;

namespace MfaPlan.Sandbox.Http;

/// <summary>Cuts collections into pages with opaque links; a link says where to go on, and nothing else.</summary>
/// <param name="baseAddress">The server's own address, which next links start with.</param>
/// <param name="faults">For empty pages.</param>
internal sealed class Paging(Func<Uri> baseAddress, FaultSettings faults)
{
    private long _ordinal;

    /// <summary>One page.</summary>
    /// <param name="request">Its <c>$top</c> and skip token count.</param>
    /// <param name="count">How many objects there are.</param>
    /// <param name="item">The object at an index, or null where it is filtered out.</param>
    /// <param name="total">For <c>@odata.count</c> on the first page; null = not asked for.</param>
    /// <param name="keys">For collections that change meanwhile: the key at an index, and the index after a
    /// key.</param>
    /// <param name="defaultTop">The page without <c>$top</c>.</param>
    /// <param name="maxTop">The largest page.</param>
    public GraphAnswer Page(
        GraphRequest request,
        int count,
        Func<int, JsonNode?> item,
        Func<int>? total = null,
        (Func<int, string> At, Func<string, int> After)? keys = null,
        int defaultTop = OurChoices.DefaultTop,
        int maxTop = OurChoices.MaxTop)
    {
        if (request.Query.Problem is { } problem)
        {
            return GraphAnswer.BadRequest(problem);
        }

        var top = request.Query.Top ?? defaultTop;
        if (top > maxTop)
        {
            return GraphAnswer.Unsupported(
                $"Invalid page size specified: '{top}'. Must be between 1 and {maxTop} inclusive.");
        }

        if (request.Query.HasSkip)
        {
            return GraphAnswer.BadRequest("'$skip' is not supported by the service.");
        }

        var next = 0;
        var isRetry = false;
        if (request.Query.SkipToken is { } token && !TryStart(token, keys, out next, out isRetry))
        {
            return GraphAnswer.BadRequest("The skip token is not valid.");
        }

        var body = new JsonObject();
        if (request.Query.SkipToken is null && total is not null)
        {
            body["@odata.count"] = total();
        }

        var value = new JsonArray();
        if (next < count && !isRetry
            && Chance.Hits(faults.EmptyPageRate, faults.Seed, Interlocked.Increment(ref _ordinal), Chance.EmptyPage))
        {
            body["@odata.nextLink"] = Link(request, Token(next, keys, isRetry: true));
            body["value"] = value;
            return GraphAnswer.Ok(body);
        }

        var looked = 0;
        while (next < count && value.Count < top && looked < OurChoices.ScanLimit)
        {
            if (item(next) is { } node)
            {
                value.Add(node);
            }

            next++;
            looked++;
        }

        if (next < count)
        {
            body["@odata.nextLink"] = Link(request, Token(next, keys, isRetry: false));
        }

        body["value"] = value;
        return GraphAnswer.Ok(body);
    }

    private static bool TryStart(
        string token,
        (Func<int, string> At, Func<string, int> After)? keys,
        out int next,
        out bool isRetry)
    {
        next = 0;
        isRetry = false;
        var bytes = new byte[token.Length];
        var padded = token.Replace('-', '+').Replace('_', '/').PadRight((token.Length + 3) / 4 * 4, '=');
        if (!Convert.TryFromBase64String(padded, bytes, out var written))
        {
            return false;
        }

        var parts = Encoding.UTF8.GetString(bytes, 0, written).Split('\n');
        if (parts.Length != 2 || parts[0] is not ("p" or "r"))
        {
            return false;
        }

        isRetry = parts[0] == "r";
        if (parts[1].StartsWith('#'))
        {
            return int.TryParse(parts[1].AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out next);
        }

        if (keys is not { } known)
        {
            return false;
        }

        next = known.After(parts[1]);
        return true;
    }

    private static string Token(int next, (Func<int, string> At, Func<string, int> After)? keys, bool isRetry)
    {
        var place = keys is { } known && next > 0
            ? known.At(next - 1)
            : "#" + next.ToString(CultureInfo.InvariantCulture);
        return Convert.ToBase64String(Encoding.UTF8.GetBytes($"{(isRetry ? 'r' : 'p')}\n{place}"))
            .TrimEnd('=').Replace('+', '-').Replace('/', '_');
    }

    private string Link(GraphRequest request, string token) =>
        $"{baseAddress().ToString().TrimEnd('/')}/{request.VersionName}{request.Path}"
        + $"?{request.Query.WithSkipToken(token)}";
}
