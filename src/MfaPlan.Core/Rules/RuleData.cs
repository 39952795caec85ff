using System.Collections.Immutable;
using System.Text.Json;
using MfaPlan.Core.Tenants;

namespace MfaPlan.Core.Rules;

/// <summary>Facts of Microsoft's that move, kept as data with source and review date.</summary>
public static class RuleData
{
    /// <summary>The version of the rules; a change set made by other rules is not applied. Raised when a rule or its data changes.</summary>
    public const int RulesVersion = 5;

    /// <summary>Default methods, most secure first.</summary>
    public static ImmutableArray<DefaultMethod> MostSecureFirst { get; } = Read("method-ranking.json", static root =>
        root.GetProperty("mostSecureFirst").EnumerateArray().Select(static word => new DefaultMethod(word.GetString()!)).ToImmutableArray());

    /// <summary>The day from which Microsoft delivers no text messages and calls.</summary>
    public static DateOnly PhonesEnd => Retirements.EndOf(MethodKind.Sms) ?? DateOnly.MaxValue;

    /// <summary>How long hardware tokens may be refused after their configuration was switched on.</summary>
    public static TimeSpan HardwareOathReady { get; } = Read("propagation.json", static root =>
        TimeSpan.FromMinutes(root.GetProperty("hardwareOathMinutes").GetInt32()));

    /// <summary>The data files, in ordinal order of name.</summary>
    internal static ImmutableArray<string> Files { get; } =
    [
        .. typeof(RuleData).Assembly.GetManifestResourceNames()
            .Where(static name => name.EndsWith(".json", StringComparison.Ordinal) && !name.EndsWith(".schema.json", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>A data file; the caller disposes it.</summary>
    internal static Stream Open(string name) => typeof(RuleData).Assembly.GetManifestResourceStream(name)
        ?? throw new InvalidOperationException($"The data file {name} is missing from the program.");

    /// <summary>Reads a data file of the program.</summary>
    internal static T Read<T>(string name, Func<JsonElement, T> read)
    {
        using var stream = Open(name);
        using var document = JsonDocument.Parse(stream);
        return read(document.RootElement);
    }
}
