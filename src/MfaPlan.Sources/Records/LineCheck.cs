using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MfaPlan.Core.Diagnostics;
using MfaPlan.Core.Sources;
using MfaPlan.Core.Text;

namespace MfaPlan.Sources.Records;

/// <summary>
/// Says all that is wrong with a line, by the very types and attributes from which the published schema is made, so that editor and reader
/// cannot disagree.
/// </summary>
/// <param name="path">The file's path for messages.</param>
/// <param name="line">The line's number.</param>
internal sealed class LineCheck(string path, long line)
{
    private readonly List<Diagnostic> _problems = [];

    /// <summary>Every way in which a line is not of a type.</summary>
    public IReadOnlyList<Diagnostic> Check(JsonElement element, Type type)
    {
        CheckObject(element, RecordJson.Options.GetTypeInfo(type), place: "");
        return _problems;
    }

    /// <summary>The text of an element; null where it is no string, or none that .NET takes.</summary>
    public static string? TextOf(JsonElement value) => value.ValueKind == JsonValueKind.String ? TextOf(value.GetString) : null;

    /// <summary>The text of a string or a member's name; null for half of a surrogate pair, which JSON can spell and .NET refuses.</summary>
    private static string? TextOf(Func<string?> read)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private void CheckObject(JsonElement element, JsonTypeInfo info, string place)
    {
        var known = info.Properties.ToDictionary(static property => property.Name, StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in element.EnumerateObject())
        {
            var name = TextOf(() => member.Name) ?? "";
            if (!known.TryGetValue(name, out var property))
            {
                var nearest = name.Length <= 100 ? Nearest.To(name, known.Keys.Order(StringComparer.Ordinal)) : null;
                _problems.Add(RecordDiagnostics.UnknownMemberAt(path, line, place, nearest, known.Keys));
            }
            else if (!seen.Add(name))
            {
                _problems.Add(RecordDiagnostics.MemberTwiceAt(path, line, Below(place, name)));
            }
            else if (member.Value.ValueKind != JsonValueKind.Null || !property.IsSetNullable)
            {
                CheckValue(member.Value, property.PropertyType, property.AttributeProvider, Below(place, name));
            }
        }

        foreach (var property in info.Properties.Where(property => property.IsRequired && !seen.Contains(property.Name)))
        {
            _problems.Add(RecordDiagnostics.MissingMemberAt(path, line, Below(place, property.Name)));
        }
    }

    private void CheckValue(JsonElement value, Type type, ICustomAttributeProvider? attributes, string place)
    {
        var info = RecordJson.Options.GetTypeInfo(type);
        if (info.Kind == JsonTypeInfoKind.Object && value.ValueKind == JsonValueKind.Object)
        {
            CheckObject(value, info, place);
        }
        else if (info is { Kind: JsonTypeInfoKind.Enumerable, ElementType: { } item } && value.ValueKind == JsonValueKind.Array)
        {
            foreach (var (index, element) in value.EnumerateArray().Index())
            {
                CheckValue(element, item, attributes: null, $"{place}[{index.ToString(CultureInfo.InvariantCulture)}]");
            }
        }
        else if (Expected(value, Nullable.GetUnderlyingType(type) ?? type, info.Kind, attributes) is { } expected)
        {
            _problems.Add(RecordDiagnostics.WrongMemberAt(path, line, place, expected));
        }
    }

    /// <summary>What should stand there, in words; null where it does.</summary>
    private static string? Expected(JsonElement value, Type type, JsonTypeInfoKind kind, ICustomAttributeProvider? attributes)
    {
        var text = TextOf(value);
        return type switch
        {
            _ when kind == JsonTypeInfoKind.Object => "an object",
            _ when kind == JsonTypeInfoKind.Enumerable => "a list",
            _ when type == typeof(bool) => value.ValueKind is JsonValueKind.True or JsonValueKind.False ? null : "true or false",
            _ when type == typeof(int) => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out _) ? null : "a whole number",
            _ when type == typeof(DateOnly) => text is not null && IsDay(text) ? null : "a day such as \"2024-09-27\"",
            _ when type == typeof(DateTimeOffset) => text is not null && InstantConverter.TryRead(text, out _)
                ? null
                : "an instant with its offset such as \"2024-09-27T10:15:00Z\"",
            { IsEnum: true } => WordsOf(type) is var words && words.Contains(text, StringComparer.Ordinal)
                ? null
                : $"one of {string.Join(", ", words)}",
            _ => ExpectedText(text, attributes?.GetCustomAttributes(inherit: false).OfType<StringLengthAttribute>().FirstOrDefault()),
        };
    }

    private static string? ExpectedText(string? text, StringLengthAttribute? length)
    {
        var (least, most) = (length?.MinimumLength ?? 0, length?.MaximumLength ?? int.MaxValue);
        return text is not null && text.Length <= most && !text.Contains('\0', StringComparison.Ordinal) && (least == 0 || !string.IsNullOrWhiteSpace(text))
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"a text{(least > 0 ? " that is not blank" : "")}, of whole characters, {most} at most");
    }

    private static bool IsDay(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private static List<string> WordsOf(Type type) =>
        [.. Enum.GetNames(type).Select(JsonNamingPolicy.CamelCase.ConvertName)];

    private static string Below(string place, string name) => place.Length == 0 ? name : $"{place}.{name}";
}
