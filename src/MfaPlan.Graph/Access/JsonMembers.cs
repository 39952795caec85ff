using System.Collections.Immutable;
using System.Text.Json;
using MfaPlan.Graph.Http;

namespace MfaPlan.Graph.Access;

/// <summary>
/// The members of a JSON object of which every one must be understood: what is set and not known is noted with its path, rather than passed
/// over.
/// </summary>
/// <param name="json">The object; a missing one has no members.</param>
/// <param name="path">Where it stands.</param>
/// <param name="unjudged">Takes the paths of what is not known.</param>
internal readonly struct JsonMembers(JsonElement json, string path, List<string> unjudged)
{
    /// <summary>A text of an object; null where it is missing or no text.</summary>
    public static string? Text(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    /// <summary>The strings of an array.</summary>
    /// <exception cref="ReadFailedException">It is no array of strings.</exception>
    public static ImmutableArray<string> Strings(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array
        && value.EnumerateArray().All(static item => item.ValueKind == JsonValueKind.String)
            ? [.. value.EnumerateArray().Select(static item => item.GetString()!)]
            : throw new ReadFailedException(TransportCode.InvalidAnswer, 200);

    /// <summary>Notes every member that is set and not among these. Annotations mean nothing.</summary>
    public JsonMembers Only(params ReadOnlySpan<string> known)
    {
        if (json.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in json.EnumerateObject())
            {
                if (!known.Contains(member.Name) && !member.Name.Contains('@', StringComparison.Ordinal) && !IsBlank(member.Value))
                {
                    unjudged.Add($"{path}{member.Name}");
                }
            }
        }
        else if (json.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null))
        {
            unjudged.Add(path.TrimEnd('.'));
        }

        return this;
    }

    /// <summary>The members of an object within; none where it is missing or null.</summary>
    public JsonMembers Within(string name) => new(Value(name), $"{path}{name}.", unjudged);

    /// <summary>Whether a member is there and not null.</summary>
    public bool IsSet(string name) => Value(name).ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null);

    /// <summary>The text of a member; null where it is missing. What is neither is noted.</summary>
    public string? Text(string name)
    {
        var value = Value(name);
        if (value.ValueKind == JsonValueKind.String)
        {
            return value.GetString();
        }

        if (IsSet(name))
        {
            unjudged.Add(path + name);
        }

        return null;
    }

    /// <summary>The words of a list, whether an array or, as flags are written, a text with commas; what is neither is noted.</summary>
    public ImmutableArray<string> Words(string name)
    {
        var value = Value(name);
        switch (value.ValueKind)
        {
            case JsonValueKind.Undefined or JsonValueKind.Null:
                return [];
            case JsonValueKind.String:
                return [.. value.GetString()!.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];
            case JsonValueKind.Array when value.EnumerateArray().All(static item => item.ValueKind == JsonValueKind.String):
                return [.. value.EnumerateArray().Select(static item => item.GetString()!)];
            default:
                unjudged.Add(path + name);
                return [];
        }
    }

    /// <summary>The words of a list whose words are known; others are noted.</summary>
    public ImmutableArray<string> Words(string name, ImmutableArray<string> known)
    {
        var words = Words(name);
        foreach (var word in words)
        {
            if (!known.Contains(word, StringComparer.OrdinalIgnoreCase))
            {
                unjudged.Add($"{path}{name}: {word}");
            }
        }

        return words;
    }

    /// <summary>The object ids of a list; words among them are given to <paramref name="takes"/>, and noted where that does not know them.</summary>
    public ImmutableArray<Guid> Ids(string name, Func<string, bool> takes)
    {
        var ids = ImmutableArray.CreateBuilder<Guid>();
        foreach (var word in Words(name))
        {
            if (Guid.TryParse(word, out var id))
            {
                ids.Add(id);
            }
            else if (!takes(word))
            {
                unjudged.Add($"{path}{name}: {word}");
            }
        }

        return ids.ToImmutable();
    }

    private JsonElement Value(string name) => json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) ? value : default;

    // An empty object is set: some conditions have no members of their own.
    private static bool IsBlank(JsonElement value) =>
        value.ValueKind == JsonValueKind.Null || (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 0);
}
