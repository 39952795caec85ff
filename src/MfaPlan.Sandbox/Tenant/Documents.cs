using System.Text.Json;

namespace MfaPlan.Sandbox.Tenant;

/// <summary>Everything in the tenant that is neither user nor group nor device: small JSON values, by their place in
/// the file.</summary>
internal sealed class Documents(IReadOnlyDictionary<string, JsonElement> initial)
{
    private readonly Dictionary<string, Versioned<JsonElement?>> _values = DocumentPaths.All.ToDictionary(
        static path => path,
        path => new Versioned<JsonElement?>(initial.TryGetValue(path, out var value) ? value : null),
        StringComparer.Ordinal);

    /// <summary>Held while a document is checked and changed.</summary>
    public Lock Gate { get; } = new();

    public JsonElement? Current(string path) => _values[path].Current;

    public JsonElement? Seen(string path, DateTimeOffset now) => _values[path].Seen(now);

    /// <summary>Another object after every write; for caches of what is worked out from the document.</summary>
    public object VersionOf(string path) => _values[path].Version;

    public void Write(string path, JsonElement value, DateTimeOffset now, TimeSpan delay) =>
        _values[path].Write(value, now, delay);
}
