using System.Globalization;
using System.Text.Json;

namespace MfaPlan.Sandbox.Generating;

/// <summary>Writes the tenant of a made-up company as a stream of users, then groups and the rest.</summary>
internal sealed class TenantWriter : IDisposable
{
    private const int FlushEvery = 1 << 16;
    private const string GlobalReader = "f2ef992c-3afb-46b9-b7cf-a126ee74c451";
    private const string GlobalAdministrator = "62e90394-69f5-4237-9190-012177145e10";

    private readonly FileStream _file;
    private readonly Utf8JsonWriter _json;

    public TenantWriter(string path, Guid tenant)
    {
        _file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, FlushEvery);
        _json = new Utf8JsonWriter(_file);
        _json.WriteStartObject();
        _json.WriteString("tenantId", tenant);
        _json.WriteStartArray("users");
    }

    public void AddUser(GeneratedUser user)
    {
        _json.WriteStartObject();
        _json.WriteString("id", user.Id);
        _json.WriteString("userPrincipalName", user.PrincipalName);
        _json.WriteString("displayName", $"{user.GivenName} Sample");
        _json.WriteBoolean("accountEnabled", user.Enabled);
        _json.WriteString("userType", user.Guest ? "Guest" : "Member");
        if (!user.Guest)
        {
            _json.WriteBoolean("onPremisesSyncEnabled", true);
            _json.WriteString("onPremisesSecurityIdentifier", user.Sid);
            _json.WriteString("onPremisesDomainName", "corp.contoso.com");
            _json.WriteString("onPremisesSamAccountName", user.Sam);
        }

        WriteAuthentication(user);
        _json.WriteEndObject();
        if (_json.BytesPending > FlushEvery)
        {
            _json.Flush();
        }
    }

    /// <summary>An account that no migration touches and that is never in a group of it.</summary>
    public void AddBreakGlass(Guid id, int number) => AddAccount(
        id, string.Create(CultureInfo.InvariantCulture, $"emergency{number}@contoso.onmicrosoft.com"), "Emergency access", passkey: true);

    /// <summary>An enabled account of the cloud, with a passkey or without any method.</summary>
    public void AddAccount(Guid id, string principalName, string displayName, bool passkey)
    {
        _json.WriteStartObject();
        _json.WriteString("id", id);
        _json.WriteString("userPrincipalName", principalName);
        _json.WriteString("displayName", displayName);
        _json.WriteBoolean("accountEnabled", true);
        _json.WriteString("userType", "Member");
        if (passkey)
        {
            _json.WriteStartObject("authentication");
            WritePasskey(id);
            _json.WriteEndObject();
        }

        _json.WriteEndObject();
    }

    public void BeginGroups()
    {
        _json.WriteEndArray();
        _json.WriteStartArray("groups");
    }

    public void AddGroup(Guid id, string name, IEnumerable<Guid> members)
    {
        _json.WriteStartObject();
        _json.WriteString("id", id);
        _json.WriteString("displayName", name);
        _json.WriteBoolean("securityEnabled", true);
        _json.WriteBoolean("mailEnabled", false);
        _json.WriteStartArray("groupTypes");
        _json.WriteEndArray();
        _json.WriteStartArray("members");
        foreach (var member in members)
        {
            _json.WriteStringValue(member);
            if (_json.BytesPending > FlushEvery)
            {
                _json.Flush();
            }
        }

        _json.WriteEndArray();
        _json.WriteEndObject();
    }

    /// <summary>Domains, roles, limits and faults, and the end.</summary>
    public void Finish(IReadOnlyCollection<Guid> administrators, IReadOnlyCollection<Guid> breakGlass, Guid? accessPolicy, GeneratorOptions options)
    {
        _json.WriteEndArray();
        WriteDomains(options.Rollout);
        if (accessPolicy is { } policy)
        {
            RolloutSections.Write(_json, policy, breakGlass);
        }

        _json.WriteStartObject("roleManagement");
        _json.WriteStartObject("directory");
        _json.WriteStartArray("roleAssignments");
        var number = 0;
        foreach (var (id, role) in breakGlass.Select(static id => (id, GlobalAdministrator))
            .Concat(administrators.Select(static id => (id, GlobalReader))))
        {
            _json.WriteStartObject();
            _json.WriteString("id", string.Create(CultureInfo.InvariantCulture, $"ra-{++number}"));
            _json.WriteString("principalId", id);
            _json.WriteString("roleDefinitionId", role);
            _json.WriteString("directoryScopeId", "/");
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
        _json.WriteEndObject();
        _json.WriteEndObject();
        WriteLimits(options);
        WriteFaults(options);
        _json.WriteEndObject();
        _json.Flush();
    }

    public void Dispose()
    {
        _json.Dispose();
        _file.Dispose();
    }

    private void WriteAuthentication(GeneratedUser user)
    {
        if (user is { Mobile: null, Office: null, Authenticator: false, Passkey: false })
        {
            return;
        }

        _json.WriteStartObject("authentication");
        if (user.Mobile is not null || user.Office is not null)
        {
            _json.WriteStartArray("phoneMethods");
            WritePhone("mobile", user.Mobile);
            WritePhone("office", user.Office);
            _json.WriteEndArray();
        }

        if (user.Authenticator)
        {
            _json.WriteStartArray("microsoftAuthenticatorMethods");
            _json.WriteStartObject();
            _json.WriteString("id", user.Id);
            _json.WriteString("displayName", "Phone of the user");
            _json.WriteString("deviceTag", "SoftwareTokenActivated");
            _json.WriteString("phoneAppVersion", "6.8");
            _json.WriteEndObject();
            _json.WriteEndArray();
        }

        if (user.Passkey)
        {
            WritePasskey(user.Id);
        }

        if (user.Preferred is { } preferred)
        {
            _json.WriteStartObject("signInPreferences");
            _json.WriteString("userPreferredMethodForSecondaryAuthentication", preferred);
            _json.WriteEndObject();
        }

        _json.WriteEndObject();
    }

    private void WritePhone(string type, string? number)
    {
        if (number is null)
        {
            return;
        }

        _json.WriteStartObject();
        _json.WriteString("phoneType", type);
        _json.WriteString("phoneNumber", number);
        _json.WriteEndObject();
    }

    private void WritePasskey(Guid id)
    {
        _json.WriteStartArray("fido2Methods");
        _json.WriteStartObject();
        _json.WriteString("id", $"passkey-{id:N}");
        _json.WriteString("displayName", "Security key");
        _json.WriteEndObject();
        _json.WriteEndArray();
    }

    private void WriteDomains(bool withChild)
    {
        _json.WriteStartArray("domains");
        if (withChild)
        {
            _json.WriteStartObject();
            _json.WriteString("id", "dev.contoso.com"); // its federation is its root's
            _json.WriteString("authenticationType", "Federated");
            _json.WriteBoolean("isVerified", true);
            _json.WriteBoolean("isRoot", false);
            _json.WriteEndObject();
        }

        foreach (var (name, type) in new[] { ("contoso.com", "Federated"), ("contoso.io", "Managed"), ("contoso.onmicrosoft.com", "Managed") })
        {
            _json.WriteStartObject();
            _json.WriteString("id", name);
            _json.WriteString("authenticationType", type);
            _json.WriteBoolean("isVerified", true);
            _json.WriteBoolean("isInitial", name.EndsWith(".onmicrosoft.com", StringComparison.Ordinal));
            if (type == "Federated")
            {
                _json.WriteStartObject("federationConfiguration");
                _json.WriteString("id", "6601d14b-d113-8f64-fda2-9b5ddda18ecc");
                _json.WriteString("displayName", "Contoso AD FS");
                _json.WriteString("issuerUri", "http://sts.contoso.com/adfs/services/trust");
                _json.WriteString("federatedIdpMfaBehavior", "acceptIfMfaDoneByFederatedIdp");
                _json.WriteEndObject();
            }

            _json.WriteEndObject();
        }

        _json.WriteEndArray();
    }

    private void WriteLimits(GeneratorOptions options)
    {
        if (!options.PublishedLimits)
        {
            return;
        }

        _json.WriteStartObject("limits");
        _json.WriteNumber("writesPer150Seconds", 3000);
        _json.WriteNumber("resourceUnitsPer10Seconds", 8000);
        _json.WriteNumber("reportsPer10Seconds", 5);
        _json.WriteNumber("timeFactor", options.TimeFactor);
        _json.WriteEndObject();
    }

    private void WriteFaults(GeneratorOptions options)
    {
        if (options.FaultRate <= 0)
        {
            return;
        }

        _json.WriteStartObject("faults");
        _json.WriteNumber("seed", options.Seed % int.MaxValue);
        _json.WriteNumber("throttleRate", options.FaultRate);
        _json.WriteNumber("retryAfterSeconds", 1);
        _json.WriteNumber("serverErrorRate", options.FaultRate);
        _json.WriteNumber("dropAfterWriteRate", options.FaultRate);
        _json.WriteEndObject();
    }
}
