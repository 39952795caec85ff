using System.Text.Json;

namespace MfaPlan.Core.Changes;

/// <summary>Members of lines that are there or not.</summary>
internal static class JsonMembers
{
    /// <summary>Writes a text that is there.</summary>
    public static void WriteIf(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    /// <summary>Writes what is so.</summary>
    public static void WriteIf(Utf8JsonWriter json, string name, bool value)
    {
        if (value)
        {
            json.WriteBoolean(name, value);
        }
    }

    /// <summary>A text that must be there.</summary>
    /// <exception cref="FormatException">It is null.</exception>
    /// <exception cref="KeyNotFoundException">It is not there.</exception>
    public static string TextOf(JsonElement element, string name) =>
        element.GetProperty(name).GetString() ?? throw new FormatException($"\"{name}\" is null.");

    /// <summary>A text that may be there.</summary>
    public static string? TextOrNull(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? value.GetString() : null;
}
