using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MfaPlan.Core.Plans;

/// <summary>A limit: a count such as 6500, or a share such as 1%.</summary>
[JsonConverter(typeof(Converter))]
public abstract record Limit
{
    private Limit()
    {
    }

    /// <summary>Nothing is allowed.</summary>
    public static readonly Limit Zero = new Count(0);

    /// <summary>So many at most.</summary>
    /// <param name="Most">From 0.</param>
    public sealed record Count(long Most) : Limit
    {
        /// <inheritdoc/>
        public override string ToString() => Most.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Such a share at most.</summary>
    /// <param name="Percent">From 0 to 100.</param>
    public sealed record Share(double Percent) : Limit
    {
        /// <inheritdoc/>
        public override string ToString() => Percent.ToString("0.####", CultureInfo.InvariantCulture) + "%";
    }

    /// <summary>Whether a count is within the limit.</summary>
    /// <param name="count">How many.</param>
    /// <param name="outOf">Of how many; a share is of this.</param>
    public bool Allows(long count, long outOf) => this switch
    {
        Count limit => count <= limit.Most,
        Share limit => count * 100.0 <= limit.Percent * outOf,
        _ => false,
    };

    /// <summary>Reads a limit; null when the text is none.</summary>
    public static Limit? Parse(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? new Count(count)
        : text.EndsWith('%') && double.TryParse(text[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var share)
            ? new Share(share)
            : null;

    private sealed class Converter : JsonConverter<Limit>
    {
        public override Limit Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            (reader.TokenType == JsonTokenType.Number ? new Count(reader.GetInt64()) : Parse(reader.GetString() ?? ""))
            ?? throw new JsonException("A limit is a count or a share.");

        public override void Write(Utf8JsonWriter writer, Limit value, JsonSerializerOptions options)
        {
            if (value is Count count)
            {
                writer.WriteNumberValue(count.Most);
            }
            else
            {
                writer.WriteStringValue(value.ToString());
            }
        }
    }
}
