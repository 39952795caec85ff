using System.Collections.Immutable;
using System.Globalization;

namespace MfaPlan.Benchmarks.Scenarios;

/// <summary>What to measure, and with what.</summary>
internal sealed record ScenarioOptions
{
    /// <summary>Users, the smallest first.</summary>
    public ImmutableArray<int> Sizes { get; init; } = [1_000, 10_000, 50_000, 500_000];

    /// <summary>Scenarios by name; empty for all.</summary>
    public ImmutableArray<string> Only { get; init; } = [];

    /// <summary>Where the table goes, besides the screen.</summary>
    public string? Out { get; init; }

    /// <summary>The runner's executable; null for the Release build of this repository.</summary>
    public string? Runner { get; init; }

    /// <summary>Where generated tenants are kept between runs; null makes them anew.</summary>
    public string? Data { get; init; }

    /// <summary>How much faster the published windows pass in the scenario of limits.</summary>
    public double TimeFactor { get; init; } = 10;

    /// <summary>Lines of the journal that is folded.</summary>
    public int Lines { get; init; } = 1_000_000;

    /// <summary>Whether a scenario is asked for.</summary>
    public bool Wants(string scenario) => Only.IsEmpty || Only.Contains(scenario, StringComparer.Ordinal);

    /// <summary>The greatest size up to a bound, or the smallest of all.</summary>
    public int SizeUpTo(int bound) => Sizes.LastOrDefault(size => size <= bound, Sizes[0]);

    /// <summary>Reads the arguments; null when they are wrong.</summary>
    public static ScenarioOptions? Parse(ReadOnlySpan<string> arguments)
    {
        var options = new ScenarioOptions();
        for (; arguments is [var name, var value, ..]; arguments = arguments[2..])
        {
            var parts = value.Split(',', '|');
            ScenarioOptions? next = name switch
            {
                "--sizes" => options with { Sizes = [.. parts.Select(static part => int.Parse(part, CultureInfo.InvariantCulture)).Order()] },
                "--only" => options with { Only = [.. parts] },
                "--out" => options with { Out = Path.GetFullPath(value) },
                "--runner" => options with { Runner = Path.GetFullPath(value) },
                "--data" => options with { Data = Path.GetFullPath(value) },
                "--time-factor" => options with { TimeFactor = double.Parse(value, CultureInfo.InvariantCulture) },
                "--lines" => options with { Lines = int.Parse(value, CultureInfo.InvariantCulture) },
                _ => null,
            };
            if (next is null)
            {
                return null;
            }

            options = next;
        }

        return arguments.IsEmpty ? options : null;
    }
}
