using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using MfaPlan.Sandbox.Http;
using MfaPlan.Sandbox.Permissions;
using MfaPlan.Sandbox.Queries;
using MfaPlan.Sandbox.Tenant;

namespace MfaPlan.Sandbox.Reports;

/// <summary>Sign-ins and directory audits, newest first (graph-api.md 8.3, 8.4).</summary>
internal sealed class LogRoutes(TenantState tenant, Paging paging)
{
    private const int PageSize = 1000;

    /// <summary>What v1.0 does not know of a sign-in.</summary>
    private static readonly string[] BetaOnly =
    [
        "authenticationDetails", "authenticationRequirement", "authenticationRequirementPolicies",
        "authenticationMethodsUsed", "authenticationProcessingDetails", "signInEventTypes", "tokenIssuerType",
        "tokenIssuerName", "mfaDetail", "userType",
        "crossTenantAccessType", "incomingTokenType", "isTenantRestricted", "sessionLifetimePolicies",
    ];

    private readonly Lock _gate = new();
    private (object? Version, IReadOnlyList<JsonElement> Items) _signIns;
    private (object? Version, IReadOnlyList<JsonElement> Items) _audits;

    public IEnumerable<Route> All() =>
    [
        Read("auditLogs/signIns", Access.AuditRead, SignIns),
        Read("auditLogs/signIns/{id}", Access.AuditRead, SignIn),
        Read("auditLogs/directoryAudits", Access.DirectoryAuditRead, request => List(request, Audits(), Whole)),
        Read("auditLogs/directoryAudits/{id}", Access.DirectoryAuditRead, request => One(request, Audits(), Whole)),
    ];

    private static Route Read(string pattern, Access access, Func<GraphRequest, GraphAnswer> handle) =>
        new("GET", pattern, ApiVersion.Both, access, handle) { Budget = Budget.Reports };

    private static JsonObject Whole(JsonElement item) => JsonObject.Create(item) ?? [];

    private static JsonObject ForV1(JsonElement item)
    {
        var node = Whole(item);
        foreach (var name in BetaOnly)
        {
            node.Remove(name);
        }

        return node;
    }

    private IReadOnlyList<JsonElement> Sorted(
        ref (object? Version, IReadOnlyList<JsonElement> Items) known,
        string path,
        string time)
    {
        var version = tenant.Documents.VersionOf(path);
        if (!ReferenceEquals(known.Version, version))
        {
            var items = tenant.Documents.Current(path) is { } document
                ? document.EnumerateArray().Select(Identified).OrderByDescending(item => TimeOf(item, time)).ToArray()
                : [];
            known = (version, items);
        }

        return known.Items;
    }

    private static DateTimeOffset TimeOf(JsonElement item, string time) => DateTimeOffset.TryParse(
        item.Text(time),
        CultureInfo.InvariantCulture,
        DateTimeStyles.AssumeUniversal,
        out var value)
        ? value
        : DateTimeOffset.MinValue;

    private static JsonElement Identified(JsonElement item, int index)
    {
        if (item.Text("id") is not null)
        {
            return item;
        }

        var node = JsonNode.Parse(item.GetRawText())!.AsObject();
        node.Insert(0, "id", Ids.From("log", index.ToString(CultureInfo.InvariantCulture), item.GetRawText()));
        return Json.Element(node);
    }

    private IReadOnlyList<JsonElement> SignInItems()
    {
        lock (_gate)
        {
            return Sorted(ref _signIns, DocumentPaths.SignIns, "createdDateTime");
        }
    }

    private IReadOnlyList<JsonElement> Audits()
    {
        lock (_gate)
        {
            return Sorted(ref _audits, DocumentPaths.DirectoryAudits, "activityDateTime");
        }
    }

    private GraphAnswer SignIns(GraphRequest request)
    {
        if (request.Version == ApiVersion.Beta)
        {
            var asksForTypes = request.Query.Filter?.Contains("signInEventTypes", StringComparison.Ordinal) == true;
            return List(
                request,
                asksForTypes ? SignInItems() : [.. SignInItems().Where(IsInteractive)],
                Whole);
        }

        var hidden = BetaOnly.FirstOrDefault(name =>
            request.Query.Filter?.Contains(name + " ", StringComparison.Ordinal) == true
            || request.Query.Filter?.Contains(name + "/", StringComparison.Ordinal) == true);
        return hidden is not null
            ? OurChoices.BadFilter($"Could not find a property named '{hidden}' on type 'microsoft.graph.signIn'.")
            : List(request, [.. SignInItems().Where(IsInteractive)], ForV1);
    }

    /// <summary>Others are listed only where a filter asks for their type.</summary>
    private static bool IsInteractive(JsonElement item)
    {
        var types = item.Items("signInEventTypes").ToList();
        return types.Count == 0 || types.Exists(static type => type.GetString() == "interactiveUser");
    }

    private GraphAnswer SignIn(GraphRequest request) =>
        One(request, SignInItems(), request.Version == ApiVersion.Beta ? Whole : ForV1);

    private static GraphAnswer One(
        GraphRequest request,
        IReadOnlyList<JsonElement> items,
        Func<JsonElement, JsonObject> show)
    {
        var found = items.FirstOrDefault(
            item => request["id"].Equals(item.Text("id"), StringComparison.OrdinalIgnoreCase));
        return found.ValueKind == JsonValueKind.Undefined
            ? GraphAnswer.NotFound(request["id"])
            : GraphAnswer.Ok(Projection.Select(show(found), request));
    }

    private GraphAnswer List(GraphRequest request, IReadOnlyList<JsonElement> items, Func<JsonElement, JsonObject> show)
    {
        var filter = request.Query.Filter is { } text ? FilterParser.Parse(text) : null;
        return paging.Page(
            request,
            items.Count,
            index => filter is null || filter.Holds(items[index])
                ? Projection.Select(show(items[index]), request)
                : null,
            defaultTop: PageSize,
            maxTop: PageSize);
    }
}
