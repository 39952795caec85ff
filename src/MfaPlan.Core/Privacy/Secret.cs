using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MfaPlan.Core.Privacy;

/// <summary>A value that no log, report, journal, exception or debugger shows.</summary>
[DebuggerDisplay("***")]
[JsonConverter(typeof(NeverWritten))]
public sealed class Secret(string value)
{
    /// <summary>Gives the value to the one call that needs it.</summary>
    public T Reveal<T>(Func<string, T> use) => use(value);

    /// <inheritdoc/>
    public override string ToString() => "***";

    private sealed class NeverWritten : JsonConverter<Secret>
    {
        public override Secret Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("A secret is not read from JSON.");

        public override void Write(Utf8JsonWriter writer, Secret value, JsonSerializerOptions options) =>
            throw new NotSupportedException("A secret is not written to JSON.");
    }
}
