using System.Security.Cryptography;
using System.Text.Json;
using MfaPlan.Core.Rules;
using PhoneNumbers;

namespace MfaPlan.Core.Evidence;

/// <summary>What this program judges by: its rules, its data files and its data of numbers.</summary>
public static class ProgramData
{
    /// <summary>The facts of this program.</summary>
    /// <param name="version">Its version, from the outermost assembly.</param>
    public static ProgramFacts Of(string version) => new(
        version,
        RuleData.RulesVersion,
        [.. RuleData.Files.Select(Read)],
        typeof(PhoneNumberUtil).Assembly.GetName().Version?.ToString(fieldCount: 3) ?? "unknown");

    private static DataFile Read(string name)
    {
        using var stream = RuleData.Open(name);
        var bytes = PackBytes.Read(stream, ManifestText.MaxBytes);
        using var document = JsonDocument.Parse(bytes);
        return new DataFile(name, document.RootElement.GetProperty("reviewed").GetString() ?? "", Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }
}
