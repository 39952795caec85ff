using System.Text.Json.Nodes;
using MfaPlan.Sandbox.Directory;
using MfaPlan.Sandbox.Http;
using MfaPlan.Sandbox.Permissions;
using MfaPlan.Sandbox.Policies;
using MfaPlan.Sandbox.Tenant;

namespace MfaPlan.Sandbox.Authentication;

/// <summary>Phones of a user (graph-api.md 3.2).</summary>
internal sealed class PhoneRoutes(TenantState tenant)
{
    private const string Prefix = "users/{user}/authentication/phoneMethods";

    public IEnumerable<Route> All() =>
    [
        new("GET", Prefix, ApiVersion.Both, Access.PhoneRead, List),
        new("GET", Prefix + "/$count", ApiVersion.Both, Access.PhoneRead, Count),
        new("GET", Prefix + "/{id}", ApiVersion.Both, Access.PhoneRead, Get),
        new("POST", Prefix, ApiVersion.Both, Access.PhoneWrite, Post),
        new("PATCH", Prefix + "/{id}", ApiVersion.Both, Access.PhoneWrite, Patch),
        new("DELETE", Prefix + "/{id}", ApiVersion.Both, Access.PhoneWrite, Delete),
        new(
            "POST",
            Prefix + "/{id}/enableSmsSignIn",
            ApiVersion.V1,
            Access.PhoneWrite,
            request => SmsSignIn(request, true)),
        new(
            "POST",
            Prefix + "/{id}/disableSmsSignIn",
            ApiVersion.V1,
            Access.PhoneWrite,
            request => SmsSignIn(request, false)),
    ];

    /// <summary>A phone as a GET shows it.</summary>
    public static JsonObject Show(TenantState tenant, SandboxUser user, PhoneMethod phone) =>
        phone.ToJson(SmsStateOf(tenant, user, phone));

    private static string SmsStateOf(TenantState tenant, SandboxUser user, PhoneMethod phone)
    {
        if (phone.Type != "mobile")
        {
            return "notSupported";
        }

        return phone.SmsSignInState ?? OurChoices.SmsStateOf(MethodsPolicy.AllowsSmsSignIn(tenant, user.Id));
    }

    private static string? TypeOf(string id) =>
        PhoneMethod.Ids.FirstOrDefault(pair => pair.Value.Equals(id, StringComparison.OrdinalIgnoreCase)).Key;

    private GraphAnswer List(GraphRequest request) => tenant.Users.Find(request["user"]) is { } user
        ? GraphAnswer.Ok(new JsonObject
        {
            ["value"] = new JsonArray(
            [
                .. user.Authentication.Seen(tenant.Now).Phones.Select(phone => (JsonNode)Show(tenant, user, phone)),
            ]),
        })
        : GraphAnswer.NotFound(request["user"]);

    private GraphAnswer Count(GraphRequest request) => tenant.Users.Find(request["user"]) is { } user
        ? GraphAnswer.Count(user.Authentication.Seen(tenant.Now).Phones.Length)
        : GraphAnswer.NotFound(request["user"]);

    private GraphAnswer Get(GraphRequest request)
    {
        if (tenant.Users.Find(request["user"]) is not { } user)
        {
            return GraphAnswer.NotFound(request["user"]);
        }

        return TypeOf(request["id"]) is { } type && user.Authentication.Seen(tenant.Now).Phone(type) is { } phone
            ? GraphAnswer.Ok(Show(tenant, user, phone))
            : OurChoices.MethodNotFound();
    }

    private GraphAnswer Post(GraphRequest request)
    {
        if (tenant.Users.Find(request["user"]) is not { } user)
        {
            return GraphAnswer.NotFound(request["user"]);
        }

        if (request.BodyObject is not { } body || body.ContainsKey("smsSignInState"))
        {
            return OurChoices.BadBody("The body needs phoneNumber and phoneType, and may not have smsSignInState.");
        }

        if (body.Text("phoneType") is not { } type || !PhoneMethod.Ids.ContainsKey(type))
        {
            return OurChoices.BadPhoneType();
        }

        if (body.Text("phoneNumber") is not { } number || !PhoneMethod.IsNumber(number))
        {
            return OurChoices.BadPhoneNumber();
        }

        lock (user.Gate)
        {
            var now = user.Authentication.Current;
            if (now.Phone(type) is not null)
            {
                return OurChoices.PhoneTypeExists(type);
            }

            if (type == "alternateMobile" && now.Phone("mobile") is null)
            {
                return OurChoices.AlternateNeedsMobile();
            }

            var phone = new PhoneMethod(
                type,
                number,
                StateAfterWrite(user, type, number),
                SandboxClock.Format(tenant.Now));
            tenant.Put(user, now.With(phone));
            return GraphAnswer.Created(Show(tenant, user, phone));
        }
    }

    private GraphAnswer Patch(GraphRequest request)
    {
        if (tenant.Users.Find(request["user"]) is not { } user)
        {
            return GraphAnswer.NotFound(request["user"]);
        }

        if (request.BodyObject is not { } body)
        {
            return OurChoices.BadBody("The body needs phoneNumber.");
        }

        lock (user.Gate)
        {
            var now = user.Authentication.Current;
            if (TypeOf(request["id"]) is not { } type || now.Phone(type) is not { } phone)
            {
                return OurChoices.MethodNotFound();
            }

            if (body.ContainsKey("phoneType") && body.Text("phoneType") != type)
            {
                return OurChoices.BadPhoneType();
            }

            if (body.Text("phoneNumber") is not { } number || !PhoneMethod.IsNumber(number))
            {
                return OurChoices.BadPhoneNumber();
            }

            var isNew = number != phone.Number;
            tenant.Put(user, now.With(phone with
            {
                Number = number,
                SmsSignInState = isNew ? StateAfterWrite(user, type, number) : phone.SmsSignInState,
            }));
            return GraphAnswer.NoContent();
        }
    }

    private GraphAnswer Delete(GraphRequest request)
    {
        if (tenant.Users.Find(request["user"]) is not { } user)
        {
            return GraphAnswer.NotFound(request["user"]);
        }

        lock (user.Gate)
        {
            var now = user.Authentication.Current;
            if (TypeOf(request["id"]) is not { } type || now.Phone(type) is null)
            {
                return OurChoices.MethodNotFound();
            }

            if (type == "mobile" && now.Phone("alternateMobile") is not null)
            {
                return OurChoices.MobileHasAlternate();
            }

            if (OurChoices.IsBehind(type, now.PreferredMethod))
            {
                return OurChoices.PhoneIsDefault();
            }

            tenant.Put(user, now.WithoutPhone(type));
            return GraphAnswer.NoContent();
        }
    }

    /// <summary>The service tries to register a new mobile for SMS sign-in where the policy allows that for the
    /// user.</summary>
    private string? StateAfterWrite(SandboxUser user, string type, string number)
    {
        if (type != "mobile" || !MethodsPolicy.AllowsSmsSignIn(tenant, user.Id))
        {
            return null;
        }

        return tenant.SmsSignInNumbers.TryGetValue(number, out var owner) && owner != user.Id
            ? "phoneNumberNotUnique"
            : "ready";
    }

    private GraphAnswer SmsSignIn(GraphRequest request, bool isEnabled)
    {
        if (tenant.Users.Find(request["user"]) is not { } user)
        {
            return GraphAnswer.NotFound(request["user"]);
        }

        lock (user.Gate)
        {
            var now = user.Authentication.Current;
            if (TypeOf(request["id"]) is not "mobile" || now.Phone("mobile") is not { } phone)
            {
                return OurChoices.MethodNotFound();
            }

            if (isEnabled && !MethodsPolicy.AllowsSmsSignIn(tenant, user.Id))
            {
                return OurChoices.BadValue("smsSignInState");
            }

            var state = isEnabled ? StateAfterWrite(user, "mobile", phone.Number) : "notEnabled";
            tenant.Put(user, now.With(phone with { SmsSignInState = state }));
            return GraphAnswer.NoContent();
        }
    }
}
