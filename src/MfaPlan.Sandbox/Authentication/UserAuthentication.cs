using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace MfaPlan.Sandbox.Authentication;

/// <summary>The authentication data of a user, one immutable value.</summary>
internal sealed record UserAuthentication
{
    public static UserAuthentication None { get; } = new();

    public ImmutableArray<PhoneMethod> Phones { get; init; } = [];

    public ImmutableArray<MethodRecord> Methods { get; init; } = [];

    public string? PreferredMethod { get; init; }

    public bool? IsSystemPreferred { get; init; }

    public string? PerUserMfaState { get; init; }

    public bool IsEmpty =>
        Phones.IsEmpty
        && Methods.IsEmpty
        && PreferredMethod is null
        && IsSystemPreferred is null
        && PerUserMfaState is null;

    public int Devices => Methods.Count(static method => MethodCollection.IsDevice(method.Collection));

    public PhoneMethod? Phone(string type) => Phones.FirstOrDefault(phone => phone.Type == type);

    public MethodRecord? Method(string collection, string id) => Methods.FirstOrDefault(
        method => method.Collection == collection && method.Id.Equals(id, StringComparison.OrdinalIgnoreCase));

    public bool Has(string collection) => Methods.Any(method => method.Collection == collection);

    /// <summary>With a phone put in the place of the one of its type; phones stay in the order mobile, alternate,
    /// office.</summary>
    public UserAuthentication With(PhoneMethod phone) => this with
    {
        Phones =
        [
            .. PhoneMethod.Ids.Keys
                .Select(type => type == phone.Type ? phone : Phone(type))
                .OfType<PhoneMethod>(),
        ],
    };

    public UserAuthentication WithoutPhone(string type) =>
        this with { Phones = Phones.RemoveAll(phone => phone.Type == type) };

    public UserAuthentication With(MethodRecord method) =>
        Method(method.Collection, method.Id) is { } old
            ? this with { Methods = Methods.Replace(old, method) }
            : this with { Methods = Methods.Add(method) };

    public UserAuthentication Without(MethodRecord method) => this with { Methods = Methods.Remove(method) };

    /// <summary>As it stands in the tenant file.</summary>
    public JsonObject ToFile()
    {
        var node = new JsonObject();
        if (!Phones.IsEmpty)
        {
            node["phoneMethods"] = new JsonArray([.. Phones.Select(static phone => (JsonNode)phone.ToFile())]);
        }

        foreach (var group in Methods.GroupBy(static method => method.Collection, StringComparer.Ordinal)
            .OrderBy(static group => group.Key, StringComparer.Ordinal))
        {
            node[group.Key] = new JsonArray([.. group.Select(static method => (JsonNode)method.ToNode())]);
        }

        if (PreferredMethod is not null || IsSystemPreferred is not null)
        {
            var preferences = new JsonObject();
            if (IsSystemPreferred is not null)
            {
                preferences["isSystemPreferredAuthenticationMethodEnabled"] = IsSystemPreferred;
            }

            if (PreferredMethod is not null)
            {
                preferences["userPreferredMethodForSecondaryAuthentication"] = PreferredMethod;
            }

            node["signInPreferences"] = preferences;
        }

        if (PerUserMfaState is not null)
        {
            node["requirements"] = new JsonObject { ["perUserMfaState"] = PerUserMfaState };
        }

        return node;
    }
}
