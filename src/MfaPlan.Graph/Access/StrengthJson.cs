using System.Collections.Immutable;
using System.Text.Json;
using MfaPlan.Core.Tenants.Access;
using MfaPlan.Graph.Http;

namespace MfaPlan.Graph.Access;

/// <summary>Reads an authentication strength.</summary>
/// <seealso href="https://learn.microsoft.com/graph/api/authenticationstrengthroot-list-policies"/>
internal static class StrengthJson
{
    /// <summary>Reads one.</summary>
    /// <exception cref="ReadFailedException">It is no strength: without id or combinations.</exception>
    public static AuthenticationStrength Of(JsonElement json)
    {
        ImmutableArray<ImmutableSortedSet<string>> combinations = [.. JsonMembers.Strings(json, "allowedCombinations").Select(SetOf)];
        return new AuthenticationStrength(
            AccessPolicyJson.IdOf(json),
            JsonMembers.Text(json, "displayName") ?? "",
            (JsonMembers.Text(json, "requirementsSatisfied") ?? "").Split(',', StringSplitOptions.TrimEntries).Contains("mfa", StringComparer.Ordinal),
            combinations,
            [.. NarrowedOf(json, combinations)]);
    }

    // Only passkeys and certificates can be narrowed. Where the list of narrowings is not shown, they may be.
    private static IEnumerable<string> NarrowedOf(JsonElement json, ImmutableArray<ImmutableSortedSet<string>> combinations)
    {
        if (!json.TryGetProperty("combinationConfigurations", out var list) || list.ValueKind != JsonValueKind.Array)
        {
            return combinations
                .Where(static combination => combination.Any(static word => word == "fido2" || word.StartsWith("x509", StringComparison.Ordinal)))
                .Select(KeyOf);
        }

        return list.EnumerateArray().SelectMany(row => row.ValueKind == JsonValueKind.Object && row.TryGetProperty("appliesToCombinations", out _)
            ? JsonMembers.Strings(row, "appliesToCombinations").Select(SetOf).Select(KeyOf)
            : combinations.Select(KeyOf));
    }

    private static string KeyOf(ImmutableSortedSet<string> combination) => string.Join(',', combination);

    private static ImmutableSortedSet<string> SetOf(string combination) =>
        combination.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).ToImmutableSortedSet(StringComparer.Ordinal);
}
