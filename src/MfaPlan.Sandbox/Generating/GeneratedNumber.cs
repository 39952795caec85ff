namespace MfaPlan.Sandbox.Generating;

/// <summary>A phone number as an export writes it and as Graph would keep it.</summary>
/// <param name="CountryCode">The export's country column.</param>
/// <param name="Number">The export's number column, with whatever people put into it.</param>
/// <param name="Extension">The export's extension column; empty for none.</param>
/// <param name="Graph">The same number in Graph's form; null where the export's form is past repair.</param>
internal sealed record GeneratedNumber(string CountryCode, string Number, string Extension, string? Graph)
{
    private static readonly (string Country, string[] Areas, int More)[] Plans =
    [
        ("1", ["206555", "415555", "212555", "312555"], 4),
        ("44", ["7700", "7400", "7911"], 6),
        ("49", ["151", "170", "160"], 8),
        ("33", ["6", "7"], 8),
        ("39", ["347", "333"], 7),
        ("91", ["98765", "99001"], 5),
    ];

    /// <summary>Draws a number: half of them North American, one in fifty written with a trunk zero or a repeated country code.</summary>
    public static GeneratedNumber Draw(ref Chance chance, bool withExtension)
    {
        var (country, areas, rest) = Plans[chance.PerMille(500) ? 0 : 1 + chance.Below(Plans.Length - 1)];
        var national = chance.Of<string>(areas) + chance.Digits(rest);
        var extension = withExtension ? chance.Digits(3 + chance.Below(2)) : "";
        var graph = $"+{country} {national}" + (withExtension ? "x" + extension : "");
        return chance.Below(1000) switch
        {
            < 15 when country is "44" or "49" or "33" => new(country, "0" + national, extension, graph),
            < 20 => new(country, country + national, extension, graph),
            < 25 => new(country, national[..4], extension, null),
            < 225 => new(country, national[..3] + "-" + national[3..], extension, graph),
            _ => new(country, national, extension, graph),
        };
    }
}
