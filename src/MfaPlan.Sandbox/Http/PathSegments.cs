namespace MfaPlan.Sandbox.Http;

/// <summary>Brings the spellings of one path to one: percent-encoding, keys in parentheses, casts, function
/// parentheses.</summary>
internal static class PathSegments
{
    private const string LongAlias = "microsoft.graph.";

    public static string[] Of(string path)
    {
        var segments = new List<string>(8);
        foreach (var part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            var segment = Uri.UnescapeDataString(part);
            if (segment.StartsWith(LongAlias, StringComparison.OrdinalIgnoreCase))
            {
                segment = "graph." + segment[LongAlias.Length..];
            }

            var open = segment.IndexOf('(', StringComparison.Ordinal);
            if (open > 0 && segment[^1] == ')')
            {
                var inner = segment[(open + 1)..^1];
                segment = segment[..open];
                segments.Add(segment);
                if (inner.Length >= 2 && inner[0] == '\'' && inner[^1] == '\'')
                {
                    segments.Add(inner[1..^1].Replace("''", "'", StringComparison.Ordinal));
                }
            }
            else
            {
                segments.Add(segment);
            }
        }

        return [.. segments];
    }
}
