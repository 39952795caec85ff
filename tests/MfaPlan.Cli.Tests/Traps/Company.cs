using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace MfaPlan.Cli.Tests.Traps;

/// <summary>
/// A made-up company: its people with the truth about each, and the three files of it, tenant, export and plan, which say nothing of that truth.
/// </summary>
internal sealed class Company
{
    /// <summary>The domain that the cut-over switches.</summary>
    public const string Root = "contoso.com";

    /// <summary>A child domain with its root's federation.</summary>
    public const string Child = "dev.contoso.com";

    /// <summary>A child domain of that.</summary>
    public const string Grandchild = "lab.dev.contoso.com";

    /// <summary>Federated domains that the switch moves.</summary>
    public static readonly ImmutableArray<string> Switched = [Root, Child, Grandchild];

    private readonly List<(JsonObject Group, Guid Id, string Name, HashSet<Guid> Members)> _groups = [];
    private readonly JsonArray _roles = [];
    private readonly JsonArray _eligible = [];
    private readonly JsonArray _eligibleForGroups = [];

    public Company(ulong seed)
    {
        Seed = seed;
        Chance = new Chance(seed);
        Tenant = Chance.Id();
        Policies = new AccessPolicies(this);
    }

    /// <summary>What everything was drawn by.</summary>
    public ulong Seed { get; }

    /// <summary>The draws.</summary>
    public Chance Chance { get; }

    /// <summary>The tenant's id.</summary>
    public Guid Tenant { get; }

    /// <summary>What demands MFA.</summary>
    public AccessPolicies Policies { get; }

    /// <summary>Everybody but the emergency accounts.</summary>
    public List<Person> People { get; } = [];

    /// <summary>The emergency accounts.</summary>
    public ImmutableArray<Person> BreakGlass { get; private set; } = [];

    /// <summary>People of the first wave whom the second names too.</summary>
    public List<Person> Twice { get; } = [];

    /// <summary>Names of the record of a person who left, with another's SID, by row.</summary>
    public List<(string Name, string Sid, string Phone)> Leavers { get; } = [];

    /// <summary>Takes a new person in.</summary>
    public Person Hire()
    {
        var person = new Person(Chance.Id(), People.Count + BreakGlass.Length + 1);
        People.Add(person);
        return person;
    }

    /// <summary>Makes an emergency account as it must be.</summary>
    public void HireBreakGlass()
    {
        var person = new Person(Chance.Id(), People.Count + BreakGlass.Length + 1)
        {
            Domain = "contoso.onmicrosoft.com",
            Sid = null,
            Known = false,
            InScope = false,
            Kind = "emergency account",
        };
        person.HasPasskey();
        BreakGlass = BreakGlass.Add(person);
    }

    /// <summary>The id of a group, which is made where it is not there yet.</summary>
    /// <param name="name">The display name.</param>
    /// <param name="properties">Properties beyond a plain security group's, for the first who asks.</param>
    public Guid Group(string name, params (string Name, JsonNode Value)[] properties)
    {
        if (_groups.Find(group => group.Name == name) is { Name: not null } found)
        {
            return found.Id;
        }

        var id = Chance.Id();
        var json = new JsonObject
        {
            ["id"] = id.ToString(),
            ["displayName"] = name,
            ["securityEnabled"] = true,
            ["mailEnabled"] = false,
            ["groupTypes"] = new JsonArray(),
        };
        foreach (var (property, value) in properties)
        {
            json[property] = value;
        }

        _groups.Add((json, id, name, []));
        return id;
    }

    /// <summary>Whether a group was made.</summary>
    public bool HasGroup(string name) => _groups.Exists(group => group.Name == name);

    /// <summary>Puts a person or a group into a group.</summary>
    public void Join(Guid member, string group)
    {
        var id = Group(group);
        _groups.Find(row => row.Id == id).Members.Add(member);
    }

    /// <summary>Gives a principal a directory role.</summary>
    public void Assign(Guid principal, string role, string scope = "/") => _roles.Add(new JsonObject
    {
        ["id"] = $"ra-{_roles.Count + 1}",
        ["principalId"] = principal.ToString(),
        ["roleDefinitionId"] = role,
        ["directoryScopeId"] = scope,
    });

    /// <summary>Lets a principal take a directory role.</summary>
    public void MakeEligible(Guid principal, string role) => _eligible.Add(new JsonObject
    {
        ["id"] = $"re-{_eligible.Count + 1}",
        ["principalId"] = principal.ToString(),
        ["roleDefinitionId"] = role,
        ["directoryScopeId"] = "/",
    });

    /// <summary>Lets a principal become a member of a group.</summary>
    public void MakeEligible(Guid principal, Guid group) => _eligibleForGroups.Add(new JsonObject
    {
        ["groupId"] = group.ToString(),
        ["principalId"] = principal.ToString(),
        ["accessId"] = "member",
    });

    /// <summary>Writes tenant.json, export/users.csv and plan.yaml into a folder.</summary>
    public void Write(string folder)
    {
        foreach (var person in People)
        {
            Place(person);
        }

        Directory.CreateDirectory(Path.Combine(folder, "export"));
        File.WriteAllText(Path.Combine(folder, "tenant.json"), ToTenant().ToJsonString());
        File.WriteAllText(Path.Combine(folder, "export/users.csv"), ToExport());
        File.WriteAllText(Path.Combine(folder, "plan.yaml"), ToPlan());
    }

    /// <summary>Puts a person into the groups of the plan, some of them directly and the others by groups nested in these.</summary>
    private void Place(Person person)
    {
        if (person.InScope)
        {
            Put(person, "MFA-Migrate-All", 5);
        }

        if (person.Wave > 0)
        {
            Put(person, $"MFA-W{person.Wave}", 3);
        }

        if (Twice.Contains(person))
        {
            Put(person, "MFA-W2", 3);
        }
    }

    /// <summary>Puts a person into a group, or into one nested in it.</summary>
    private void Put(Person person, string group, int parts)
    {
        var part = Chance.Below(parts);
        if (part > 0)
        {
            var nested = string.Create(CultureInfo.InvariantCulture, $"{group}-{part}");
            Join(Group(nested), group);
            Join(person.Id, nested);
        }
        else
        {
            Join(person.Id, group);
        }
    }

    private JsonObject ToTenant()
    {
        string[] own = ["MFA-Migrate-All", "MFA-W1", "MFA-W2", "R1", "R2", "SvcAccounts", "Phones for now"];
        var access = Policies.ToJson();
        foreach (var name in own)
        {
            Group(name);
        }

        var users = BreakGlass.Concat(People).Select(static person => (JsonNode)person.ToJson());
        var groups = _groups.Select(static row =>
        {
            var group = row.Group.DeepClone();
            group["members"] = new JsonArray([.. row.Members.Order().Select(static member => (JsonNode)member.ToString())]);
            return group;
        });
        return new JsonObject
        {
            ["tenantId"] = Tenant.ToString(),
            ["users"] = new JsonArray([.. users]),
            ["groups"] = new JsonArray([.. groups]),
            ["domains"] = new JsonArray(
                Federated(Root), Inherited(Child), Inherited(Grandchild), Managed("test.contoso.com"),
                Federated("notcontoso.com"), Managed("contoso.io"), Managed("contoso.onmicrosoft.com")),
            ["policies"] = new JsonObject { ["authenticationMethodsPolicy"] = MethodsPolicy() },
            ["roleManagement"] = new JsonObject
            {
                ["directory"] = new JsonObject { ["roleAssignments"] = _roles.DeepClone(), ["roleEligibilityScheduleInstances"] = _eligible.DeepClone() },
            },
            ["identityGovernance"] = new JsonObject
            {
                ["privilegedAccess"] = new JsonObject { ["group"] = new JsonObject { ["eligibilityScheduleInstances"] = _eligibleForGroups.DeepClone() } },
            },
            ["identity"] = access,
        };
    }

    /// <summary>Software tokens for one group, calls to office phones for nobody; all else as it comes.</summary>
    private JsonObject MethodsPolicy() => new()
    {
        ["authenticationMethodConfigurations"] = new JsonArray(
            Configuration("MicrosoftAuthenticator", "all_users"),
            Configuration("Sms", "all_users", ("isUsableForSignIn", false)),
            Configuration("Voice", "all_users"),
            Configuration("SoftwareOath", Group("Software tokens").ToString())),
    };

    private static JsonObject Configuration(string id, string group, params (string Name, JsonNode Value)[] target)
    {
        var include = new JsonObject { ["targetType"] = "group", ["id"] = group, ["isRegistrationRequired"] = false };
        foreach (var (name, value) in target)
        {
            include[name] = value;
        }

        var configuration = new JsonObject { ["id"] = id, ["state"] = "enabled", ["includeTargets"] = new JsonArray(include) };
        if (id == "Voice")
        {
            configuration["isOfficePhoneAllowed"] = false;
        }

        return configuration;
    }

    private static JsonObject Federated(string name) => new()
    {
        ["id"] = name,
        ["authenticationType"] = "Federated",
        ["isVerified"] = true,
        ["federationConfiguration"] = new JsonObject
        {
            ["displayName"] = "Sign-in",
            ["issuerUri"] = $"http://sts.{name}/adfs/services/trust",
            ["passiveSignInUri"] = $"https://sts.{name}/adfs/ls/",
            ["federatedIdpMfaBehavior"] = "acceptIfMfaDoneByFederatedIdp",
        },
    };

    private static JsonObject Inherited(string name) => new() { ["id"] = name, ["authenticationType"] = "Federated", ["isVerified"] = true };

    private static JsonObject Managed(string name) => new() { ["id"] = name, ["authenticationType"] = "Managed", ["isVerified"] = true };

    private string ToExport()
    {
        var text = new StringBuilder(
            "Username,Primary Country Code,Primary Phone,Primary Extension,Backup Country Code,Backup Phone,Backup Extension,Mode,Phone Call Mode,SMS Direction,SMS Mode,Enabled,SID\r\n");
        var rows = People.Where(static person => person.Known)
            .Select(static person => (person.Name, Sid: person.RecordSid ?? person.Sid ?? "", Phone: person.RecordPhone ?? "")).Concat(Leavers);
        foreach (var (name, sid, phone) in rows)
        {
            text.Append(CultureInfo.InvariantCulture, $"{name},1,{phone},,,,,{(phone.Length > 0 ? "Text Message" : "Mobile App")},Standard,One-Way,OTP,TRUE,{sid}\r\n");
        }

        return text.ToString();
    }

    private string ToPlan() => $$"""
        apiVersion: mfaplan/v1
        kind: MigrationPlan
        metadata: { name: traps, owner: identity@contoso.com }
        tenant: { id: {{Tenant}} }
        domains:
          - { name: contoso.com, expect: federated, mfaToday: none, evidence: CHG0041999 }
          - { name: contoso.io, expect: managed, mfaToday: entra }
        source: { mfaServer: { users: export/users.csv, asOf: 2024-09-27 } }
        match: { order: [upn, sid] }
        migrate: { groups: [MFA-Migrate-All], defaultMethod: leave }
        protect:
          breakGlass: [{{string.Join(", ", BreakGlass.Select(static person => person.Id))}}]
          neverRoute: [SvcAccounts]
          phoneOnly: { accept: [Phones for now], until: 2027-01-15, followUp: CHG0042050 }
        rollout:
          policyName: MFA rollout policy
          gateDefaults: { propagation: 24h, minUsers: 0 }
          waves:
            - { name: pilot, from: [MFA-W1], into: [R1], max: 4000 }
            - { name: hq, from: [MFA-W2], into: [R2], max: 4000 }
        cutOver: { domains: [contoso.com], to: rejectMfaByFederatedIdp }

        """;
}
