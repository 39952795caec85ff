using System.Text.Json;

namespace MfaPlan.Sandbox.Tenant;

/// <summary>Reads all that is neither user nor group: documents, by their place in the file.</summary>
/// <param name="file">Who reports what is wrong.</param>
internal sealed class DocumentReader(TenantFileReader file)
{
    public Dictionary<string, JsonElement> Found { get; } = new(StringComparer.Ordinal);

    /// <summary>Reads a property of the tenant, or one below it.</summary>
    public void Read(string path, JsonElement value)
    {
        if (path[0] is '$' or '@')
        {
            return;
        }

        if (DocumentPaths.All.Contains(path, StringComparer.Ordinal))
        {
            var kind = DocumentPaths.IsObject(path) ? JsonValueKind.Object : JsonValueKind.Array;
            if (value.ValueKind != kind)
            {
                throw file.Wrong(
                    path.Replace('/', '.'),
                    $"this must be an {(kind == JsonValueKind.Object ? "object" : "array")}",
                    "Correct the value.");
            }

            CheckSettings(path, value);
            Found[path] = value;
            return;
        }

        var parent = DocumentPaths.All.Where(known => known.StartsWith(path + "/", StringComparison.Ordinal)).ToList();
        if (parent.Count == 0 || value.ValueKind != JsonValueKind.Object)
        {
            throw parent.Count == 0
                ? file.Unknown(
                    path[..Math.Max(0, path.LastIndexOf('/'))].Replace('/', '.'),
                    path[(path.LastIndexOf('/') + 1)..],
                    Siblings(path))
                : file.Wrong(path.Replace('/', '.'), "this must be an object", "Correct the value.");
        }

        foreach (var property in value.EnumerateObject())
        {
            Read($"{path}/{property.Name}", property.Value);
        }
    }

    private static IEnumerable<string> Siblings(string path)
    {
        var folder = path[..(path.LastIndexOf('/') + 1)];
        return DocumentPaths.All
            .Where(known => known.StartsWith(folder, StringComparison.Ordinal))
            .Select(known => known[folder.Length..].Split('/')[0])
            .Distinct(StringComparer.Ordinal);
    }

    private void CheckSettings(string path, JsonElement value)
    {
        if (path is DocumentPaths.Faults or DocumentPaths.Limits)
        {
            file.CheckNames(
                value,
                path,
                path == DocumentPaths.Faults ? Faults.FaultSettings.Names : Limits.LimitSettings.Names);
            foreach (var property in value.EnumerateObject())
            {
                if (property.Value.ValueKind != JsonValueKind.Number || property.Value.GetDouble() < 0)
                {
                    throw file.Wrong(
                        $"{path}.{property.Name}",
                        "this must be a number that is not negative",
                        "Correct the value.");
                }
            }
        }
    }
}
