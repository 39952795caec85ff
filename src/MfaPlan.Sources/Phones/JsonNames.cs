using System.Collections.Immutable;
using System.Text.Json;

namespace MfaPlan.Sources.Phones;

/// <summary>Members that stand twice in an object: parsers differ in which one they take, so neither is.</summary>
internal static class JsonNames
{
    // Only these may be named in a message: in a damaged file any other name may be a person's.
    private static readonly ImmutableHashSet<string> Known = ImmutableHashSet.Create(
        StringComparer.Ordinal,
        "username", "status", "phones", "number", "extension", "user", "factors", "profile", "login", "factorType", "phoneNumber", "phoneExtension");

    /// <summary>Whether no member of an object itself stands twice.</summary>
    public static bool AreUnique(JsonElement element) =>
        element.EnumerateObject().CountBy(NameOf).All(static pair => pair.Value == 1);

    /// <summary>The name of a member that an object below an element has twice; null where there is none.</summary>
    public static string? TwiceIn(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Array:
                return element.EnumerateArray().Select(TwiceIn).FirstOrDefault(static name => name is not null);
            case JsonValueKind.Object:
                var names = new HashSet<string>(StringComparer.Ordinal);
                foreach (var member in element.EnumerateObject())
                {
                    if (!names.Add(NameOf(member)))
                    {
                        return Known.Contains(NameOf(member)) ? NameOf(member) : "one that is not read";
                    }

                    if (TwiceIn(member.Value) is { } below)
                    {
                        return below;
                    }
                }

                return null;
            default:
                return null;
        }
    }

    private static string NameOf(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            return "";
        }
    }
}
