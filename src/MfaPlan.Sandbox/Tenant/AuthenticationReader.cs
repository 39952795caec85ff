using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using MfaPlan.Sandbox.Authentication;

namespace MfaPlan.Sandbox.Tenant;

/// <summary>Reads the <c>authentication</c> of one user.</summary>
/// <param name="userId">Whose; ids that are left out are made from it.</param>
/// <param name="at">The place in the file.</param>
/// <param name="file">Who reports what is wrong.</param>
internal sealed class AuthenticationReader(string userId, string at, TenantFileReader file)
{
    private static readonly string[] Names =
    [
        "phoneMethods", "signInPreferences", "requirements",
        .. MethodCollection.All.Select(static collection => collection.Name),
    ];

    public UserAuthentication Read(JsonElement value)
    {
        file.CheckNames(value, at, Names);
        var authentication = UserAuthentication.None;
        foreach (var property in value.EnumerateObject())
        {
            authentication = property.Name switch
            {
                "phoneMethods" => Phones(authentication, property.Value),
                "signInPreferences" => Preferences(authentication, property.Value),
                "requirements" => Requirements(authentication, property.Value),
                _ => Methods(authentication, property.Name, property.Value),
            };
        }

        return authentication;
    }

    private void RequireArray(string name, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            throw file.Wrong($"{at}.{name}", "this must be an array", "Put the methods into '[ ]'.");
        }
    }

    private UserAuthentication Phones(UserAuthentication authentication, JsonElement items)
    {
        RequireArray("phoneMethods", items);
        var i = 0;
        foreach (var item in items.EnumerateArray())
        {
            var place = $"{at}.phoneMethods[{i++}]";
            file.CheckNames(item, place, KnownNames.Phone);
            var phone = PhoneMethod.FromFile(item);
            if (!PhoneMethod.Ids.ContainsKey(phone.Type))
            {
                throw file.Wrong(place, $"\"{phone.Type}\" is no phoneType", "Use mobile, alternateMobile or office.");
            }

            if (phone.Number.Length == 0)
            {
                throw file.Wrong(place, "the phone has no phoneNumber", "Add one, such as \"+1 2065550100\".");
            }

            if (authentication.Phone(phone.Type) is not null)
            {
                throw file.Wrong(place, $"the user has two phones of type {phone.Type}", "Keep one of each type.");
            }

            authentication = authentication.With(phone);
        }

        return authentication;
    }

    private UserAuthentication Preferences(UserAuthentication authentication, JsonElement value)
    {
        file.CheckNames(value, $"{at}.signInPreferences", KnownNames.SignInPreferences);
        return authentication with
        {
            IsSystemPreferred = value.Flag("isSystemPreferredAuthenticationMethodEnabled"),
            PreferredMethod = value.Text("userPreferredMethodForSecondaryAuthentication"),
        };
    }

    private UserAuthentication Requirements(UserAuthentication authentication, JsonElement value)
    {
        file.CheckNames(value, $"{at}.requirements", KnownNames.Requirements);
        return authentication with { PerUserMfaState = value.Text("perUserMfaState") };
    }

    private UserAuthentication Methods(UserAuthentication authentication, string name, JsonElement items)
    {
        RequireArray(name, items);
        var i = 0;
        foreach (var item in items.EnumerateArray())
        {
            var place = $"{at}.{name}[{i}]";
            if (item.ValueKind != JsonValueKind.Object)
            {
                throw file.Wrong(place, "this must be an object", "Correct the value.");
            }

            var node = JsonNode.Parse(item.GetRawText())!.AsObject();
            var id = item.Text("id")
                ?? (item.TryGetProperty("device", out var device) ? device.Text("id") : null)
                ?? ConstantId(name)
                ?? Ids.From(userId, name, i.ToString(CultureInfo.InvariantCulture));
            node.Remove("id");
            node.Insert(0, "id", id);
            if (authentication.Method(name, id) is not null)
            {
                throw file.Wrong(
                    place,
                    $"the user has the method \"{id}\" twice",
                    "Give each method an id of its own.");
            }

            authentication = authentication.With(new MethodRecord(name, id, Json.Bytes(node)));
            i++;
        }

        return authentication;
    }

    private static string? ConstantId(string collection) => collection switch
    {
        "passwordMethods" => "28c10230-6103-485e-b985-444c60001490",
        MethodCollection.Email => "3ddfcfc8-9383-446f-83cc-3ab9be4be18f",
        _ => null,
    };
}
