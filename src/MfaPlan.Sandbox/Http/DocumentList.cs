using System.Text.Json;
using System.Text.Json.Nodes;
using MfaPlan.Sandbox.Queries;
using MfaPlan.Sandbox.Tenant;

namespace MfaPlan.Sandbox.Http;

/// <summary>Lists and gets the objects of a document that is an array.</summary>
internal sealed class DocumentList(TenantState tenant, Paging paging, string path)
{
    /// <summary>The objects as seen now.</summary>
    public IReadOnlyList<JsonElement> Items =>
        tenant.Documents.Seen(path, tenant.Now) is { } document ? [.. document.EnumerateArray()] : [];

    public GraphAnswer List(GraphRequest request, Func<JsonElement, JsonObject>? show = null) =>
        List(request, Items, show);

    public GraphAnswer List(
        GraphRequest request,
        IReadOnlyList<JsonElement> items,
        Func<JsonElement, JsonObject>? show = null)
    {
        var filter = request.Query.Filter is { } text ? FilterParser.Parse(text) : null;
        var found = filter is null ? items : [.. items.Where(filter.Holds)];
        return paging.Page(
            request,
            found.Count,
            index => Projection.Select(show is null ? Whole(found[index]) : show(found[index]), request),
            request.Query.Count ? () => found.Count : null);
    }

    public GraphAnswer Get(GraphRequest request, Func<JsonElement, JsonObject>? show = null)
    {
        var item = Find(request["id"]);
        return item.ValueKind == JsonValueKind.Undefined
            ? GraphAnswer.NotFound(request["id"])
            : GraphAnswer.Ok(Projection.Select(show is null ? Whole(item) : show(item), request));
    }

    /// <summary>The object with an id; undefined where there is none.</summary>
    public JsonElement Find(string id) =>
        Items.FirstOrDefault(item => id.Equals(item.Text("id"), StringComparison.OrdinalIgnoreCase));

    private static JsonObject Whole(JsonElement item) => JsonObject.Create(item) ?? [];
}
