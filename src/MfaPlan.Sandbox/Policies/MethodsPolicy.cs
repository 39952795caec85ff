using System.Text.Json;
using System.Text.Json.Nodes;
using MfaPlan.Sandbox.Tenant;

namespace MfaPlan.Sandbox.Policies;

/// <summary>The authentication methods policy: what the file says, or a default under which phones, apps, tokens and passkeys
/// are open to all.</summary>
internal static class MethodsPolicy
{
    /// <summary>Configurations with their types; those with the mark are on beta only.</summary>
    public static readonly IReadOnlyList<(string Id, string Type, bool IsEnabledByDefault)> Known =
    [
        ("Sms", "smsAuthenticationMethodConfiguration", true),
        ("Voice", "voiceAuthenticationMethodConfiguration", true),
        ("MicrosoftAuthenticator", "microsoftAuthenticatorAuthenticationMethodConfiguration", true),
        ("SoftwareOath", "softwareOathAuthenticationMethodConfiguration", true),
        ("HardwareOath", "hardwareOathAuthenticationMethodConfiguration", true),
        ("TemporaryAccessPass", "temporaryAccessPassAuthenticationMethodConfiguration", false),
        ("Email", "emailAuthenticationMethodConfiguration", false),
        ("Fido2", "fido2AuthenticationMethodConfiguration", true),
        ("X509Certificate", "x509CertificateAuthenticationMethodConfiguration", false),
    ];

    /// <summary>The policy as it is now, complete with the configurations the file leaves out.</summary>
    public static JsonObject Current(TenantState tenant) =>
        Complete(tenant.Documents.Current(DocumentPaths.MethodsPolicy));

    /// <summary>The policy as a GET shows it now.</summary>
    public static JsonObject Seen(TenantState tenant) =>
        Complete(tenant.Documents.Seen(DocumentPaths.MethodsPolicy, tenant.Now));

    /// <summary>The configuration with an id, compared without case.</summary>
    public static JsonObject? Configuration(JsonObject policy, string id) =>
        (policy["authenticationMethodConfigurations"] as JsonArray)?
            .OfType<JsonObject>()
            .FirstOrDefault(item => id.Equals(item.Text("id"), StringComparison.OrdinalIgnoreCase));

    /// <summary>A configuration as it is without anybody having set it.</summary>
    public static JsonObject? Default(string id)
    {
        var (name, type, isEnabled) = Known.FirstOrDefault(
            item => item.Id.Equals(id, StringComparison.OrdinalIgnoreCase));
        return name is null
            ? null
            : new()
            {
                ["@odata.type"] = "#microsoft.graph." + type,
                ["id"] = name,
                ["state"] = isEnabled ? "enabled" : "disabled",
                ["excludeTargets"] = new JsonArray(),
                ["includeTargets"] = new JsonArray(new JsonObject
                {
                    ["targetType"] = "group",
                    ["id"] = "all_users",
                    ["isRegistrationRequired"] = false,
                }),
            };
    }

    /// <summary>Whether the Sms configuration lets a user sign in with a text message.</summary>
    public static bool AllowsSmsSignIn(TenantState tenant, string userId)
    {
        if (tenant.Documents.Current(DocumentPaths.MethodsPolicy) is null && !OurChoices.IsUsableForSignInByDefault)
        {
            return false;
        }

        var version = tenant.Documents.VersionOf(DocumentPaths.MethodsPolicy);
        var known = tenant.SmsConfiguration;
        if (known is null || !ReferenceEquals(known.Item1, version))
        {
            tenant.SmsConfiguration = known = new(version, Json.Element(Configuration(Current(tenant), "Sms")));
        }

        var sms = known.Item2;
        return sms.Text("state") == "enabled"
            && !sms.Items("excludeTargets").Any(target => Covers(tenant, target, userId))
            && sms.Items("includeTargets").Any(target =>
                (target.Flag("isUsableForSignIn") ?? OurChoices.IsUsableForSignInByDefault)
                && Covers(tenant, target, userId));
    }

    /// <summary>Whether a configuration's targets cover a user.</summary>
    public static bool Includes(TenantState tenant, JsonElement configuration, string userId) =>
        !configuration.Items("excludeTargets").Any(target => Covers(tenant, target, userId))
        && configuration.Items("includeTargets").Any(target => Covers(tenant, target, userId));

    private static bool Covers(TenantState tenant, JsonElement target, string userId) =>
        target.Text("id") is { } id
        && (id == "all_users"
            || id.Equals(userId, StringComparison.OrdinalIgnoreCase)
            || tenant.Groups.IsMember(id, userId));

    private static JsonObject Complete(JsonElement? document)
    {
        var policy = document is { } given ? JsonNode.Parse(given.GetRawText())!.AsObject() : [];
        policy.TryAdd("id", "authenticationMethodsPolicy");
        policy.TryAdd("displayName", "Authentication Methods Policy");
        policy.TryAdd(
            "description",
            "The tenant-wide policy that controls which authentication methods are allowed in the tenant.");
        policy.TryAdd("lastModifiedDateTime", null);
        policy.TryAdd("policyVersion", "1.5");
        policy.TryAdd("policyMigrationState", "preMigration");
        policy.TryAdd("reconfirmationInDays", null);
        RegistrationEnforcement.Complete(policy);
        policy.TryAdd("systemCredentialPreferences", new JsonObject
        {
            ["state"] = "default",
            ["includeTargets"] = new JsonArray(new JsonObject { ["id"] = "all_users", ["targetType"] = "group" }),
            ["excludeTargets"] = new JsonArray(),
        });
        var configurations = policy["authenticationMethodConfigurations"] as JsonArray;
        if (configurations is null)
        {
            policy["authenticationMethodConfigurations"] = configurations = [];
        }

        foreach (var (id, type, _) in Known)
        {
            if (Configuration(policy, id) is not { } configuration)
            {
                configurations.Add(document is null ? Default(id) : Disabled(id));
                continue;
            }

            configuration["id"] = id;
            if (!configuration.ContainsKey("@odata.type"))
            {
                configuration.Insert(0, "@odata.type", "#microsoft.graph." + type);
            }

            configuration.TryAdd("state", "disabled");
            configuration.TryAdd("excludeTargets", new JsonArray());
            configuration.TryAdd("includeTargets", new JsonArray(new JsonObject
            {
                ["targetType"] = "group",
                ["id"] = "all_users",
                ["isRegistrationRequired"] = false,
            }));
        }

        var sms = Configuration(policy, "Sms");
        foreach (var target in (sms?["includeTargets"] as JsonArray ?? []).OfType<JsonObject>())
        {
            target.TryAdd("isUsableForSignIn", OurChoices.IsUsableForSignInByDefault);
        }

        return policy;
    }

    private static JsonObject? Disabled(string id)
    {
        var node = Default(id);
        node?["state"] = "disabled";
        return node;
    }
}
