using System.Globalization;

namespace MfaPlan.Sandbox.Queries;

/// <summary>The query string, taken apart.</summary>
internal sealed class QueryOptions
{
    private readonly List<KeyValuePair<string, string>> _pairs = [];

    private QueryOptions(string raw) => Raw = raw;

    /// <summary>As sent, without the question mark.</summary>
    public string Raw { get; }

    public IReadOnlyList<string>? Select { get; private set; }

    public string? Filter { get; private set; }

    public int? Top { get; private set; }

    public bool Count { get; private set; }

    public string? SkipToken { get; private set; }

    public bool HasSkip { get; private set; }

    public bool HasOrderBy { get; private set; }

    public bool HasSearch { get; private set; }

    public IReadOnlyList<string> Expand { get; private set; } = [];

    /// <summary>What is wrong with the query string, if anything.</summary>
    public string? Problem { get; private set; }

    public static QueryOptions Parse(string raw)
    {
        var options = new QueryOptions(raw);
        foreach (var part in raw.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            var name = Decode(equals < 0 ? part : part[..equals]);
            var value = equals < 0 ? string.Empty : Decode(part[(equals + 1)..]);
            options._pairs.Add(new(name, value));
            options.Take(name, value);
        }

        return options;
    }

    /// <summary>The same query with another skip token.</summary>
    public string WithSkipToken(string token)
    {
        var parts = _pairs
            .Where(static pair => !pair.Key.Equals("$skiptoken", StringComparison.OrdinalIgnoreCase))
            .Select(static pair => $"{pair.Key}={Uri.EscapeDataString(pair.Value)}")
            .Append($"$skiptoken={token}");
        return string.Join('&', parts);
    }

    private static string Decode(string text) =>
        Uri.UnescapeDataString(text.Replace('+', ' '));

    private static string[] SplitList(string value) =>
        value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private void Take(string name, string value)
    {
        switch (name.TrimStart('$').ToUpperInvariant())
        {
            case "SELECT":
                Select = SplitList(value);
                break;
            case "FILTER":
                Filter = value;
                break;
            case "TOP":
                TakeTop(value);
                break;
            case "COUNT":
                Count = value.Equals("true", StringComparison.OrdinalIgnoreCase);
                break;
            case "SKIPTOKEN":
                SkipToken = value;
                break;
            case "SKIP":
                HasSkip = true;
                break;
            case "ORDERBY":
                HasOrderBy = true;
                break;
            case "SEARCH":
                HasSearch = true;
                break;
            case "EXPAND":
                Expand = SplitList(value);
                break;
            default:
                break;
        }
    }

    private void TakeTop(string value)
    {
        if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var top) && top > 0)
        {
            Top = top;
        }
        else
        {
            Problem = $"Invalid value '{value}' for $top query option found. It must be a positive integer.";
        }
    }
}
