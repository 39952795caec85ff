using System.Text.Json.Nodes;
using MfaPlan.Sandbox.Directory;
using MfaPlan.Sandbox.Http;
using MfaPlan.Sandbox.Permissions;
using MfaPlan.Sandbox.Tenant;

namespace MfaPlan.Sandbox.Authentication;

/// <summary>Hardware OATH tokens of a user: assign, activate with a code, deactivate, unassign; beta only (graph-api.md
/// 3.6).</summary>
internal sealed class HardwareMethodRoutes(TenantState tenant)
{
    private const string Prefix = "users/{user}/authentication/hardwareOathMethods";

    public IEnumerable<Route> All() =>
    [
        Write("POST", string.Empty, Budget.Directory, Assign),
        Write("POST", "/assignAndActivate", Budget.Activations, AssignAndActivate),
        Write("POST", "/assignAndActivateBySerialNumber", Budget.Activations, AssignAndActivateBySerial),
        Write("POST", "/{id}/activate", Budget.Activations, Activate),
        Write("POST", "/{id}/deactivate", Budget.Directory, Deactivate),
        Write("DELETE", "/{id}", Budget.Directory, Unassign),
    ];

    /// <summary>The method that stands for an assigned device; they share their id.</summary>
    public static MethodRecord Method(string deviceId, DateTimeOffset now) => new(
        MethodCollection.HardwareOath,
        deviceId,
        Json.Bytes(new JsonObject { ["id"] = deviceId, ["createdDateTime"] = SandboxClock.Format(now) }));

    private Route Write(string method, string path, Budget budget, Func<GraphRequest, SandboxUser, GraphAnswer> then) =>
        new(method, Prefix + path, ApiVersion.Beta, Access.HardwareOathWrite, request => WithGates(request, then))
        {
            Budget = budget,
        };

    private GraphAnswer WithGates(GraphRequest request, Func<GraphRequest, SandboxUser, GraphAnswer> then)
    {
        if (tenant.Users.Find(request["user"]) is not { } user)
        {
            return GraphAnswer.NotFound(request["user"]);
        }

        lock (tenant.Devices.Gate)
        {
            lock (user.Gate)
            {
                return then(request, user);
            }
        }
    }

    private static GraphAnswer? Refuse(SandboxUser user, HardwareDevice device) =>
        device.AssignedTo is not null
            ? OurChoices.DeviceIsAssigned()
            : OurChoices.RefuseToken(user, user.Authentication.Current);

    private GraphAnswer Assign(GraphRequest request, SandboxUser user)
    {
        if (DeviceOf(request) is not { } device)
        {
            return OurChoices.BadDevice("device.id names no device");
        }

        if (Refuse(user, device) is { } refusal)
        {
            return refusal;
        }

        var next = device with { AssignedTo = user.Id, Status = "assigned" };
        var method = Method(device.Id, tenant.Now);
        tenant.Put(next.Id, next, user, user.Authentication.Current.With(method));
        return GraphAnswer.Created(new JsonObject
        {
            ["@odata.type"] = "#microsoft.graph.hardwareOathAuthenticationMethod",
            ["id"] = device.Id,
            ["createdDateTime"] = SandboxClock.Format(tenant.Now),
            ["device"] = HardwareDeviceRoutes.Show(tenant, next),
        });
    }

    private HardwareDevice? DeviceOf(GraphRequest request) =>
        (request.BodyObject?["device"] as JsonObject)?.Text("id") is { } id ? tenant.Devices.Current(id) : null;

    private GraphAnswer AssignAndActivate(GraphRequest request, SandboxUser user) =>
        AssignAndActivate(request, user, DeviceOf(request));

    private GraphAnswer AssignAndActivateBySerial(GraphRequest request, SandboxUser user)
    {
        var serial = request.BodyObject?.Text("serialNumber") ?? string.Empty;
        var device = tenant.Devices.WithSerial(serial)
            .Select(tenant.Devices.Current)
            .FirstOrDefault(static known => known is not null);
        return AssignAndActivate(request, user, device);
    }

    private GraphAnswer AssignAndActivate(GraphRequest request, SandboxUser user, HardwareDevice? device)
    {
        if (device is null)
        {
            return OurChoices.BadDevice("no such device");
        }

        if (Refuse(user, device) is { } refusal)
        {
            return refusal;
        }

        if (!IsShown(device, request))
        {
            return OurChoices.WrongCode();
        }

        var next = Activated(device, request) with { AssignedTo = user.Id };
        tenant.Put(next.Id, next, user, user.Authentication.Current.With(Method(device.Id, tenant.Now)));
        return GraphAnswer.NoContent();
    }

    private GraphAnswer Activate(GraphRequest request, SandboxUser user)
    {
        if (user.Authentication.Current.Method(MethodCollection.HardwareOath, request["id"]) is null
            || tenant.Devices.Current(request["id"]) is not { } device)
        {
            return OurChoices.MethodNotFound();
        }

        if (!IsShown(device, request))
        {
            if (device.Status != "activated")
            {
                tenant.Put(device.Id, device with { Status = "failedActivation" });
            }

            return OurChoices.WrongCode();
        }

        tenant.Put(device.Id, Activated(device, request));
        return GraphAnswer.NoContent();
    }

    private GraphAnswer Deactivate(GraphRequest request, SandboxUser user)
    {
        if (user.Authentication.Current.Method(MethodCollection.HardwareOath, request["id"]) is null
            || tenant.Devices.Current(request["id"]) is not { } device)
        {
            return OurChoices.MethodNotFound();
        }

        tenant.Put(device.Id, device with { Status = "assigned" });
        return GraphAnswer.NoContent();
    }

    /// <summary>Takes the token from the user; the device stays in the inventory.</summary>
    private GraphAnswer Unassign(GraphRequest request, SandboxUser user)
    {
        var now = user.Authentication.Current;
        if (now.Method(MethodCollection.HardwareOath, request["id"]) is not { } method)
        {
            return OurChoices.MethodNotFound();
        }

        if (tenant.Devices.Current(method.Id) is { } device)
        {
            tenant.Put(device.Id, device with { AssignedTo = null, Status = "available" }, user, now.Without(method));
        }
        else
        {
            tenant.Put(user, now.Without(method));
        }

        return GraphAnswer.NoContent();
    }

    private bool IsShown(HardwareDevice device, GraphRequest request) =>
        request.BodyObject?.Text("verificationCode") is { } code && Totp.IsValid(device, code, tenant.Now);

    private static HardwareDevice Activated(HardwareDevice device, GraphRequest request) => device with
    {
        Status = "activated",
        DisplayName = request.BodyObject?.Text("displayName") ?? device.DisplayName,
    };
}
