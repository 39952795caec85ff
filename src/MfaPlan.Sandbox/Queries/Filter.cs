using System.Text.Json;

namespace MfaPlan.Sandbox.Queries;

/// <summary>A parsed <c>$filter</c>.</summary>
internal abstract record Filter
{
    private Filter()
    {
    }

    /// <summary>Whether an object satisfies the filter; text compares without case, as the directory does.</summary>
    public abstract bool Holds(JsonElement item);

    /// <summary>This filter and all under it.</summary>
    public abstract IEnumerable<Filter> Parts();

    internal sealed record And(Filter Left, Filter Right) : Filter
    {
        public override bool Holds(JsonElement item) => Left.Holds(item) && Right.Holds(item);

        public override IEnumerable<Filter> Parts() => [this, .. Left.Parts(), .. Right.Parts()];
    }

    internal sealed record Or(Filter Left, Filter Right) : Filter
    {
        public override bool Holds(JsonElement item) => Left.Holds(item) || Right.Holds(item);

        public override IEnumerable<Filter> Parts() => [this, .. Left.Parts(), .. Right.Parts()];
    }

    internal sealed record Not(Filter Inner) : Filter
    {
        public override bool Holds(JsonElement item) => !Inner.Holds(item);

        public override IEnumerable<Filter> Parts() => [this, .. Inner.Parts()];
    }

    internal sealed record Compare(string Path, string Operator, FilterLiteral Value) : Filter
    {
        public override bool Holds(JsonElement item)
        {
            var element = At(item, Path);
            if (Operator is "eq")
            {
                return Value.Equals(element);
            }

            if (Operator is "ne")
            {
                return !Value.Equals(element);
            }

            return Value.Order(element) is { } order && Operator switch
            {
                "gt" => order > 0,
                "ge" => order >= 0,
                "lt" => order < 0,
                _ => order <= 0,
            };
        }

        public override IEnumerable<Filter> Parts() => [this];
    }

    internal sealed record In(string Path, IReadOnlyList<FilterLiteral> Values) : Filter
    {
        public override bool Holds(JsonElement item)
        {
            var element = At(item, Path);
            return Values.Any(value => value.Equals(element));
        }

        public override IEnumerable<Filter> Parts() => [this];
    }

    internal sealed record Text(string Function, string Path, string Value) : Filter
    {
        public override bool Holds(JsonElement item)
        {
            var element = At(item, Path);
            return element.ValueKind == JsonValueKind.String && element.GetString() is { } text && Function switch
            {
                "startswith" => text.StartsWith(Value, StringComparison.OrdinalIgnoreCase),
                "endswith" => text.EndsWith(Value, StringComparison.OrdinalIgnoreCase),
                _ => text.Contains(Value, StringComparison.OrdinalIgnoreCase),
            };
        }

        public override IEnumerable<Filter> Parts() => [this];
    }

    internal sealed record Any(string Path, Filter Inner) : Filter
    {
        public override bool Holds(JsonElement item)
        {
            var element = At(item, Path);
            return element.ValueKind == JsonValueKind.Array && element.EnumerateArray().Any(Inner.Holds);
        }

        public override IEnumerable<Filter> Parts() => [this];
    }

    /// <summary>The element at a slash-separated path; undefined where there is none.</summary>
    private static JsonElement At(JsonElement item, string path)
    {
        var element = item;
        foreach (var name in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
            {
                return default;
            }
        }

        return element;
    }
}
