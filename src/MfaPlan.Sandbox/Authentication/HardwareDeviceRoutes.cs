using System.Globalization;
using System.Text.Json.Nodes;
using MfaPlan.Sandbox.Http;
using MfaPlan.Sandbox.Permissions;
using MfaPlan.Sandbox.Queries;
using MfaPlan.Sandbox.Tenant;

namespace MfaPlan.Sandbox.Authentication;

/// <summary>The tenant's inventory of hardware OATH tokens, on beta only (graph-api.md 3.5).</summary>
internal sealed class HardwareDeviceRoutes(TenantState tenant, Paging paging)
{
    private const string Prefix = "directory/authenticationMethodDevices/hardwareOathDevices";

    private static readonly string[] Changeable =
        ["manufacturer", "model", "timeIntervalInSeconds", "hashFunction", "displayName"];

    private static readonly string[] Required = ["serialNumber", "manufacturer", "model", "secretKey"];

    private static readonly string[] HashFunctions = ["hmacsha1", "hmacsha256"];

    public IEnumerable<Route> All() =>
    [
        new("GET", Prefix, ApiVersion.Beta, Access.DeviceRead, List),
        new("GET", Prefix + "/$count", ApiVersion.Beta, Access.DeviceRead, Count),
        new("GET", Prefix + "/{id}", ApiVersion.Beta, Access.DeviceRead, Get),
        new("POST", Prefix, ApiVersion.Beta, Access.DeviceWrite, Post),
        new("PATCH", Prefix, ApiVersion.Beta, Access.DeviceWrite, PostMany),
        new("PATCH", Prefix + "/{id}", ApiVersion.Beta, Access.DeviceWrite, Patch),
        new("DELETE", Prefix + "/{id}", ApiVersion.Beta, Access.DeviceWrite, Delete),
    ];

    /// <summary>A device as a GET shows it.</summary>
    public static JsonObject Show(TenantState tenant, HardwareDevice device) => device.ToJson(
        device.AssignedTo is { } owner ? tenant.Users.ById(owner)?.Properties.Text("displayName") : null);

    private GraphAnswer List(GraphRequest request)
    {
        var filter = request.Query.Filter is { } text ? FilterParser.Parse(text) : null;
        var serials = filter?.Parts()
            .OfType<Filter.Compare>()
            .Where(static part => part is { Path: "serialNumber", Operator: "eq" })
            .Select(static part => part.Value.Text)
            .ToList();
        if (filter is Filter.Compare or Filter.And && serials is { Count: > 0 })
        {
            var found = tenant.Devices.WithSerial(serials[0]).Order(StringComparer.OrdinalIgnoreCase).ToList();
            return paging.Page(request, found.Count, index => Shown(found[index], request, filter));
        }

        var ids = tenant.Devices.AllIds;
        return paging.Page(
            request,
            ids.Count,
            index => Shown(ids[index], request, filter),
            keys: (index => ids[index], key => ids.IndexOf(key) is var place and >= 0 ? place + 1 : ~ids.IndexOf(key)));
    }

    private JsonObject? Shown(string id, GraphRequest request, Filter? filter)
    {
        if (tenant.Devices.Seen(id, tenant.Now) is not { } device)
        {
            return null;
        }

        var node = Show(tenant, device);
        return filter is null || filter.Holds(Json.Element(node)) ? Projection.Select(node, request) : null;
    }

    private GraphAnswer Count(GraphRequest request) => GraphAnswer.Count(
        tenant.Devices.AllIds.Count(id => tenant.Devices.Seen(id, tenant.Now) is not null));

    private GraphAnswer Get(GraphRequest request) => tenant.Devices.Seen(request["id"], tenant.Now) is { } device
        ? GraphAnswer.Ok(Show(tenant, device))
        : GraphAnswer.NotFound(request["id"]);

    private GraphAnswer Post(GraphRequest request)
    {
        if (request.BodyObject is not { } body)
        {
            return OurChoices.BadBody("The body must be a device.");
        }

        lock (tenant.Devices.Gate)
        {
            return Create(body);
        }
    }

    /// <summary>The bulk form: each device by itself; those that cannot be taken are left out of the answer
    /// (ours).</summary>
    private GraphAnswer PostMany(GraphRequest request)
    {
        if (request.BodyObject?["value"] is not JsonArray items)
        {
            return OurChoices.BadBody("The body needs an array 'value'.");
        }

        lock (tenant.Devices.Gate)
        {
            return OurChoices.BulkCreated([.. items.Select(item => Create(item as JsonObject ?? []))]);
        }
    }

    private GraphAnswer Create(JsonObject body)
    {
        if (Problem(body) is { } problem)
        {
            return OurChoices.BadDevice(problem);
        }

        var serial = body.Text("serialNumber") ?? string.Empty;
        if (tenant.Devices.WithSerial(serial).Any(known => tenant.Devices.Current(known) is { } other
            && other.SerialNumber.Equals(serial, StringComparison.OrdinalIgnoreCase)))
        {
            return OurChoices.SerialExists(serial);
        }

        var device = new HardwareDevice
        {
            Id = Ids.New("hardwareOathDevice" + serial, tenant.Now),
            SerialNumber = serial,
            Manufacturer = body.Text("manufacturer"),
            Model = body.Text("model"),
            SecretKey = body.Text("secretKey"),
            IntervalSeconds = Interval(body) ?? 30,
            HashFunction = body.Text("hashFunction") ?? "hmacsha1",
            DisplayName = body.Text("displayName"),
        };
        if (body["assignTo"] is not JsonObject assignTo)
        {
            tenant.Put(device.Id, device);
            return GraphAnswer.Created(Show(tenant, device));
        }

        if (tenant.Users.Find(assignTo.Text("id") ?? string.Empty) is not { } user)
        {
            return OurChoices.BadDevice("assignTo names no user");
        }

        lock (user.Gate)
        {
            var now = user.Authentication.Current;
            if (OurChoices.RefuseToken(user, now) is { } refusal)
            {
                return refusal;
            }

            device = device with { AssignedTo = user.Id, Status = OurChoices.StatusWhenCreatedAssigned };
            tenant.Put(device.Id, device, user, now.With(HardwareMethodRoutes.Method(device.Id, tenant.Now)));
            return GraphAnswer.Created(Show(tenant, device));
        }
    }

    /// <summary>A number, or as in the documented bulk example a number in quotes.</summary>
    private static int? Interval(JsonObject body)
    {
        if (body.Text("timeIntervalInSeconds") is { } text)
        {
            return int.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : null;
        }

        return body["timeIntervalInSeconds"] is JsonValue value && value.TryGetValue<int>(out var given) ? given : null;
    }

    private static string? Problem(JsonObject body)
    {
        if (Required.FirstOrDefault(name => string.IsNullOrWhiteSpace(body.Text(name))) is { } missing)
        {
            return $"{missing} is missing";
        }

        if (Base32.Decode(body.Text("secretKey") ?? string.Empty) is null)
        {
            return $"secretKey must be Base32 of at most {Base32.MaxLength} characters";
        }

        if (Interval(body) is not (30 or 60))
        {
            return "timeIntervalInSeconds must be 30 or 60";
        }

        return body.ContainsKey("hashFunction")
            && !HashFunctions.Contains(body.Text("hashFunction"), StringComparer.Ordinal)
                ? "hashFunction must be hmacsha1 or hmacsha256"
                : null;
    }

    private GraphAnswer Patch(GraphRequest request)
    {
        if (request.BodyObject is not { } body)
        {
            return OurChoices.BadBody("The body must be an object.");
        }

        lock (tenant.Devices.Gate)
        {
            if (tenant.Devices.Current(request["id"]) is not { } device)
            {
                return GraphAnswer.NotFound(request["id"]);
            }

            if (device.AssignedTo is not null)
            {
                return OurChoices.DeviceIsAssigned();
            }

            if (body.Select(static pair => pair.Key).FirstOrDefault(static name =>
                name[0] != '@' && !Changeable.Contains(name, StringComparer.Ordinal)) is { } fixedName)
            {
                return OurChoices.BadDevice($"{fixedName} cannot be changed");
            }

            var next = device with
            {
                Manufacturer = body.Text("manufacturer") ?? device.Manufacturer,
                Model = body.Text("model") ?? device.Model,
                DisplayName = body.Text("displayName") ?? device.DisplayName,
                HashFunction = body.Text("hashFunction") ?? device.HashFunction,
                IntervalSeconds = Interval(body) ?? device.IntervalSeconds,
            };
            if (!HashFunctions.Contains(next.HashFunction, StringComparer.Ordinal)
                || next.IntervalSeconds is not (30 or 60))
            {
                return OurChoices.BadDevice("hashFunction or timeIntervalInSeconds is not valid");
            }

            tenant.Put(next.Id, next);
            return GraphAnswer.NoContent();
        }
    }

    private GraphAnswer Delete(GraphRequest request)
    {
        lock (tenant.Devices.Gate)
        {
            if (tenant.Devices.Current(request["id"]) is not { } device)
            {
                return GraphAnswer.NotFound(request["id"]);
            }

            if (device.AssignedTo is not null)
            {
                return OurChoices.DeviceIsAssigned();
            }

            tenant.Put(device.Id, null);
            return GraphAnswer.NoContent();
        }
    }
}
