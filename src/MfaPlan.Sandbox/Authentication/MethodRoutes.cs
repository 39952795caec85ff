using System.Text.Json.Nodes;
using MfaPlan.Sandbox.Directory;
using MfaPlan.Sandbox.Http;
using MfaPlan.Sandbox.Permissions;
using MfaPlan.Sandbox.Tenant;

namespace MfaPlan.Sandbox.Authentication;

/// <summary>All methods of a user, and the typed collections but phones (graph-api.md 3.1, 3.3, 3.4, 3.7,
/// 3.10).</summary>
internal sealed class MethodRoutes(TenantState tenant)
{
    private const string Prefix = "users/{user}/authentication/";

    public IEnumerable<Route> All()
    {
        yield return new("GET", Prefix + "methods", ApiVersion.Both, Access.MethodsRead, List);
        yield return new("GET", Prefix + "methods/$count", ApiVersion.Both, Access.MethodsRead, Count);
        yield return new("GET", Prefix + "methods/{id}", ApiVersion.Both, Access.MethodsRead, Get);
        foreach (var collection in MethodCollection.All)
        {
            var path = Prefix + collection.Name;
            yield return new("GET", path, collection.Versions, collection.Read, request => List(request, collection));
            yield return new(
                "GET",
                path + "/$count",
                collection.Versions,
                collection.Read,
                request => Count(request, collection));
            yield return new(
                "GET",
                path + "/{id}",
                collection.Versions,
                collection.Read,
                request => Get(request, collection));
            if (collection.CanDelete && collection.Name != MethodCollection.HardwareOath)
            {
                yield return new(
                    "DELETE",
                    path + "/{id}",
                    collection.Versions,
                    collection.Write,
                    request => Delete(request, collection));
            }
        }

        yield return new("POST", Prefix + MethodCollection.Email, ApiVersion.Both, Access.EmailWrite, PostEmail);
        yield return new(
            "PATCH",
            Prefix + MethodCollection.Email + "/{id}",
            ApiVersion.Both,
            Access.EmailWrite,
            PatchEmail);
        yield return new(
            "POST",
            Prefix + MethodCollection.TemporaryAccessPass,
            ApiVersion.Both,
            Access.PassWrite,
            PostPass);
    }

    private GraphAnswer WithUser(GraphRequest request, Func<SandboxUser, GraphAnswer> then) =>
        tenant.Users.Find(request["user"]) is { } user ? then(user) : GraphAnswer.NotFound(request["user"]);

    /// <summary>A method as a GET shows it: typed, without secrets, hardware tokens with their device.</summary>
    private JsonObject Show(MethodRecord method, ApiVersion version)
    {
        var node = method.ToNode();
        node.Remove("@odata.type");
        node.Insert(
            0,
            "@odata.type",
            MethodCollection.Find(method.Collection)?.ODataType ?? "#microsoft.graph.authenticationMethod");
        node.TryAdd("createdDateTime", null);
        if (version == ApiVersion.Beta)
        {
            node.TryAdd("lastUsedDateTime", null);
        }

        switch (method.Collection)
        {
            case MethodCollection.SoftwareOath:
                node["secretKey"] = null;
                break;
            case MethodCollection.TemporaryAccessPass:
                node["temporaryAccessPass"] = null;
                break;
            case "passwordMethods":
                node["password"] = null;
                break;
            case MethodCollection.HardwareOath when tenant.Devices.Seen(method.Id, tenant.Now) is { } device:
                node["device"] = HardwareDeviceRoutes.Show(tenant, device);
                break;
            case MethodCollection.HardwareOath when node["device"] is JsonObject legacy:
                legacy["secretKey"] = null;
                break;
            default:
                break;
        }

        return node;
    }

    private List<JsonNode> ShowAll(SandboxUser user, ApiVersion version)
    {
        var authentication = user.Authentication.Seen(tenant.Now);
        var shown = authentication.Phones
            .Select(phone => (JsonNode)PhoneRoutes.Show(tenant, user, phone))
            .ToList();
        foreach (var collection in MethodCollection.All)
        {
            var isShown = collection.Versions.HasFlag(version)
                || (collection.Name == MethodCollection.HardwareOath && OurChoices.V1ShowsHardwareOath);
            if (isShown)
            {
                shown.AddRange(authentication.Methods
                    .Where(method => method.Collection == collection.Name)
                    .Select(method => Show(method, version)));
            }
        }

        return shown;
    }

    private GraphAnswer List(GraphRequest request) => WithUser(
        request,
        user => GraphAnswer.Ok(new JsonObject { ["value"] = new JsonArray([.. ShowAll(user, request.Version)]) }));

    private GraphAnswer Count(GraphRequest request) =>
        WithUser(request, user => GraphAnswer.Count(ShowAll(user, request.Version).Count));

    private GraphAnswer Get(GraphRequest request) => WithUser(
        request,
        user => ShowAll(user, request.Version)
            .Find(node => HasId(node, request["id"])) is { } found
            ? GraphAnswer.Ok(found)
            : OurChoices.MethodNotFound());

    private static bool HasId(JsonNode node, string id) =>
        id.Equals((node as JsonObject)?.Text("id"), StringComparison.OrdinalIgnoreCase);

    private GraphAnswer List(GraphRequest request, MethodCollection collection) => WithUser(request, user =>
    {
        var items = user.Authentication.Seen(tenant.Now).Methods
            .Where(method => method.Collection == collection.Name)
            .Select(method => (JsonNode)Show(method, request.Version))
            .ToArray();
        return GraphAnswer.Ok(new JsonObject { ["value"] = new JsonArray(items) });
    });

    private GraphAnswer Count(GraphRequest request, MethodCollection collection) => WithUser(
        request,
        user => GraphAnswer.Count(
            user.Authentication.Seen(tenant.Now).Methods.Count(method => method.Collection == collection.Name)));

    private GraphAnswer Get(GraphRequest request, MethodCollection collection) => WithUser(
        request,
        user => user.Authentication.Seen(tenant.Now).Method(collection.Name, request["id"]) is { } method
            ? GraphAnswer.Ok(Show(method, request.Version))
            : OurChoices.MethodNotFound());

    private GraphAnswer Delete(GraphRequest request, MethodCollection collection) => WithUser(request, user =>
    {
        lock (user.Gate)
        {
            var now = user.Authentication.Current;
            if (now.Method(collection.Name, request["id"]) is not { } method)
            {
                return OurChoices.MethodNotFound();
            }

            tenant.Put(user, now.Without(method));
            return GraphAnswer.NoContent();
        }
    });

    private GraphAnswer PostEmail(GraphRequest request) => WithUser(request, user =>
    {
        if (request.BodyObject?.Text("emailAddress") is not { } address)
        {
            return OurChoices.BadBody("The body needs emailAddress.");
        }

        lock (user.Gate)
        {
            var now = user.Authentication.Current;
            if (now.Has(MethodCollection.Email))
            {
                return OurChoices.MethodExists();
            }

            var method = Email(address);
            tenant.Put(user, now.With(method));
            return GraphAnswer.Created(Show(method, request.Version));
        }
    });

    private GraphAnswer PatchEmail(GraphRequest request) => WithUser(request, user =>
    {
        if (request.BodyObject?.Text("emailAddress") is not { } address)
        {
            return OurChoices.BadBody("The body needs emailAddress.");
        }

        lock (user.Gate)
        {
            var now = user.Authentication.Current;
            if (now.Method(MethodCollection.Email, request["id"]) is null)
            {
                return OurChoices.MethodNotFound();
            }

            tenant.Put(user, now.With(Email(address)));
            return GraphAnswer.NoContent();
        }
    });

    private MethodRecord Email(string address)
    {
        const string Id = "3ddfcfc8-9383-446f-83cc-3ab9be4be18f";
        return new(MethodCollection.Email, Id, Json.Bytes(new JsonObject
        {
            ["id"] = Id,
            ["emailAddress"] = address,
            ["createdDateTime"] = SandboxClock.Format(tenant.Now),
        }));
    }

    /// <summary>A pass is shown once, in this answer; a new one takes the place of the old.</summary>
    private GraphAnswer PostPass(GraphRequest request) => WithUser(request, user =>
    {
        var body = request.BodyObject ?? [];
        var minutes = body["lifetimeInMinutes"] is JsonValue value && value.TryGetValue<int>(out var given)
            ? given
            : 60;
        if (minutes is < 10 or > 43200)
        {
            return OurChoices.BadValue("lifetimeInMinutes");
        }

        lock (user.Gate)
        {
            var now = user.Authentication.Current;
            var id = Ids.New("temporaryAccessPass", tenant.Now);
            var node = new JsonObject
            {
                ["id"] = id,
                ["createdDateTime"] = SandboxClock.Format(tenant.Now),
                ["startDateTime"] = body.Text("startDateTime") ?? SandboxClock.Format(tenant.Now),
                ["lifetimeInMinutes"] = minutes,
                ["isUsableOnce"] = body["isUsableOnce"]?.DeepClone() ?? false,
                ["isUsable"] = true,
                ["methodUsabilityReason"] = "EnabledByPolicy",
            };
            var old = now.Methods.FirstOrDefault(
                static method => method.Collection == MethodCollection.TemporaryAccessPass);
            var method = new MethodRecord(MethodCollection.TemporaryAccessPass, id, Json.Bytes(node));
            tenant.Put(user, (old is null ? now : now.Without(old)).With(method));
            var shown = Show(method, request.Version);
            shown["temporaryAccessPass"] = Ids.From("pass", id)[..8];
            return GraphAnswer.Created(shown);
        }
    });
}
