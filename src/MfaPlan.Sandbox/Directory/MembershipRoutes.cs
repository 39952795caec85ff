using System.Text.Json;
using System.Text.Json.Nodes;
using MfaPlan.Sandbox.Http;
using MfaPlan.Sandbox.Permissions;
using MfaPlan.Sandbox.Tenant;

namespace MfaPlan.Sandbox.Directory;

/// <summary>Writes to the members of a group (graph-api.md 1.4).</summary>
internal sealed class MembershipRoutes(TenantState tenant)
{
    private const int MaxBound = 20;

    public IEnumerable<Route> All() =>
    [
        new("POST", "groups/{id}/members/$ref", ApiVersion.Both, Access.MemberWrite, Add),
        new("PATCH", "groups/{id}", ApiVersion.Both, Access.MemberWrite, Bind),
        new("DELETE", "groups/{id}/members/{member}/$ref", ApiVersion.Both, Access.MemberWrite, Remove),
        new(
            "DELETE",
            "groups/{id}/members/{member}",
            ApiVersion.Both,
            Access.MemberWrite,
            static _ => OurChoices.MemberNeedsRef()),
    ];

    /// <summary>The id at the end of an <c>@odata.id</c>.</summary>
    public static string? IdOf(JsonNode? reference)
    {
        if (reference is not JsonValue value || value.GetValueKind() != JsonValueKind.String)
        {
            return null;
        }

        var segments = PathSegments.Of(value.GetValue<string>());
        return segments.Length == 0 ? null : segments[^1];
    }

    private static GraphAnswer? Refuse(SandboxGroup group) =>
        group.IsDynamic ? OurChoices.GroupNotManaged("dynamic")
        : group.IsSynced ? OurChoices.GroupNotManaged("synchronized from on-premises")
        : null;

    private bool Exists(string id) => tenant.Users.ById(id) is not null || tenant.Groups.Find(id) is not null;

    private string Canonical(string id) => tenant.Users.ById(id)?.Id ?? tenant.Groups.Find(id)?.Id ?? id;

    private GraphAnswer Add(GraphRequest request)
    {
        if (IdOf(request.BodyObject?["@odata.id"]) is not { } member)
        {
            return OurChoices.BadBody("The body needs '@odata.id' with the address of a directory object.");
        }

        return Add(request, [member]);
    }

    private GraphAnswer Bind(GraphRequest request)
    {
        if (request.BodyObject is not { Count: 1 } body
            || body["members@odata.bind"] is not JsonArray items
            || items.Count == 0)
        {
            return OurChoices.BadBody("Of a group the sandbox changes members only: send 'members@odata.bind' alone.");
        }

        if (items.Count > MaxBound)
        {
            return GraphAnswer.BadRequest($"'members@odata.bind' takes at most {MaxBound} references.");
        }

        var ids = items.Select(IdOf).ToList();
        return ids.Contains(null)
            ? OurChoices.BadBody("Each member is the address of a directory object.")
            : Add(request, [.. ids.OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase)]);
    }

    private GraphAnswer Add(GraphRequest request, IReadOnlyList<string> ids)
    {
        if (tenant.Groups.Find(request["id"]) is not { } group)
        {
            return GraphAnswer.NotFound(request["id"]);
        }

        if (Refuse(group) is { } refusal)
        {
            return refusal;
        }

        if (ids.FirstOrDefault(id => !Exists(id)) is { } missing)
        {
            return GraphAnswer.NotFound(missing);
        }

        lock (group.Gate)
        {
            var members = group.Members.Current;
            if (ids.Any(members.Contains))
            {
                return OurChoices.MemberExists();
            }

            if (ids.Contains(group.Id, StringComparer.OrdinalIgnoreCase))
            {
                return OurChoices.GroupInItself();
            }

            tenant.Put(group, [.. ids.Select(Canonical)], []);
            return GraphAnswer.NoContent();
        }
    }

    private GraphAnswer Remove(GraphRequest request)
    {
        if (tenant.Groups.Find(request["id"]) is not { } group)
        {
            return GraphAnswer.NotFound(request["id"]);
        }

        if (Refuse(group) is { } refusal)
        {
            return refusal;
        }

        lock (group.Gate)
        {
            if (!group.Members.Current.Contains(request["member"]))
            {
                return GraphAnswer.NotFound(request["member"]);
            }

            tenant.Put(group, [], [request["member"]]);
            return GraphAnswer.NoContent();
        }
    }
}
