using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace MfaPlan.Cli.Tests.Traps;

/// <summary>The traps that people can be in, each laid in several ways by chance.</summary>
internal static class Catalog
{
    private const string GlobalReader = "f2ef992c-3afb-46b9-b7cf-a126ee74c451";
    private const string NoMethod = "MFP3130";
    private const string PhonesAlone = "MFP3131";
    private const string Gap = "MFP3133";
    private const string NotMoved = "MFP3138";
    private const string CutOver = "MFP3192";

    /// <summary>In no scope but the cut-over's: nobody looks at the person before.</summary>
    public static readonly Trap Overlooked = new("no method, and named by no wave", Aspect.Methods, static (company, person) =>
    {
        (person.Wave, person.InScope) = (0, false);
        Empty(company, person);
    })
    { Says = At((Stage.CutOver, NoMethod)), NotWith = [Aspect.Source] };

    /// <summary>The same on a domain that hangs on another.</summary>
    public static readonly Trap OnChild = new("no method, on a child domain", Aspect.Methods, static (company, person) =>
    {
        (person.Wave, person.InScope) = (0, false);
        person.Domain = company.Chance.Of(Company.Child, Company.Grandchild, "DEV.Contoso.com");
        Empty(company, person);
    })
    { Says = At((Stage.CutOver, NoMethod)), NotWith = [Aspect.Source] };

    /// <summary>MFA Server never knew the person.</summary>
    public static readonly Trap NeverKnown = new("never in MFA Server", Aspect.Source, static (_, person) => (person.Known, person.KeepsOut) = (false, true))
    {
        Says = At((Stage.Migrate, "MFP3001"), (Stage.Wave, "MFP3173")),
        Bars = false,
        NotWith = [Aspect.Account], // who is left out as an administrator is not looked for in the export
    };

    /// <summary>The accepted phones, on a day when that is over. Not laid: everybody with accepted phones comes into it by waiting.</summary>
    public static readonly Trap PastItsDay = new("phones alone, accepted until a day that is over", Aspect.Methods, static (_, _) => { })
    {
        Says = At((Stage.CutOver, PhonesAlone)),
    };

    /// <summary>All that can be laid alone or together.</summary>
    public static readonly ImmutableArray<Trap> All =
    [
        Overlooked,
        OnChild,
        new("no method", Aspect.Methods, Empty) { Says = At((Stage.Wave, NoMethod), (Stage.CutOver, NoMethod)) },
        new("phones alone, not accepted", Aspect.Methods, PhonesOnly) { Says = At((Stage.Wave, PhonesAlone), (Stage.CutOver, PhonesAlone)) },
        Demand("a strength out of reach", static (company, person) => company.Join(person.Id, AccessPolicies.KeysOnly), "MFP3134"),
        Demand("excluded from MFA by name", static (company, person) => company.Policies.Exclude(person)),
        Demand("excluded from MFA by a group", static (company, person) => company.Join(person.Id, AccessPolicies.Excluded)),
        Demand("excluded from MFA by a nested group", static (company, person) => company.Join(person.Id, AccessPolicies.NestedExcluded)),
        Demand("MFA at some locations only", Join("At some locations")),
        Demand("MFA on some platforms only", Join("On some platforms")),
        Demand("MFA in a report-only policy only", Join("In a report")),
        Demand("MFA in a policy that is off", Join("Switched off")),
        Demand("MFA or a device", Join("Or a device")),
        Demand("MFA for one app only", Join("For one app")),
        Demand("MFA in browsers only", Join("In browsers")),
        Demand("MFA at risk only", Join("At risk")),
        Administrator("excluded from MFA by a role", static (company, person) => company.Assign(person.Id, AccessPolicies.ExcludedRole), Gap),
        Administrator("perhaps excluded from MFA by a role", static (company, person) => company.MakeEligible(person.Id, AccessPolicies.ExcludedRole), "MFP3137"),
        Administrator("administrator", static (company, person) => company.Assign(person.Id, GlobalReader)),
        Administrator("administrator of a part", static (company, person) => company.Assign(person.Id, GlobalReader, "/administrativeUnits/30000000-0000-4000-8000-000000000001")),
        Administrator("eligible administrator", static (company, person) => company.MakeEligible(person.Id, GlobalReader)),
        Administrator("administrator by a group", static (company, person) => company.Join(person.Id, RoleGroup(company, "Administrators by a group"))),
        Administrator("administrator who may join such a group", static (company, person) => company.MakeEligible(person.Id, company.Group(RoleGroup(company, "Administrators at times")))),
        new("never to be routed", Aspect.Account, static (company, person) => company.Join(person.Id, "SvcAccounts"))
        {
            Says = At((Stage.Wave, NotMoved), (Stage.CutOver, CutOver)),
            ByAccount = true,
        },
        new("recycled name", Aspect.Source, Recycle) { Says = At((Stage.Migrate, "MFP3002")), Bars = false },
        new("recycled name, the first holder still there", Aspect.Source, RecycleBeside) { Says = At((Stage.Migrate, "MFP3003")), Bars = false },
        NeverKnown,
    ];

    private static ImmutableDictionary<Stage, string> At(params ReadOnlySpan<(Stage Stage, string Code)> says)
    {
        var all = ImmutableDictionary.CreateBuilder<Stage, string>();
        foreach (var (stage, code) in says)
        {
            all[stage] = code;
        }

        return all.ToImmutable();
    }

    private static Trap Demand(string name, Action<Company, Person> lay, string code = Gap) =>
        new(name, Aspect.Demand, lay) { Says = At((Stage.Wave, code), (Stage.CutOver, code)) };

    private static Action<Company, Person> Join(string group) => (company, person) => company.Join(person.Id, group);

    private static Trap Administrator(string name, Action<Company, Person> lay, string cutOver = CutOver) =>
        new(name, Aspect.Account, (company, person) =>
        {
            person.KeepsOut = true;
            lay(company, person);
        })
        {
            Says = At((Stage.Migrate, "MFP3008"), (Stage.Wave, NotMoved), (Stage.CutOver, cutOver)),
            ByAccount = true,
            NotWith = cutOver == CutOver ? [] : [Aspect.Demand],
        };

    /// <summary>A group that is made with a role of its own the first time.</summary>
    private static string RoleGroup(Company company, string name)
    {
        if (!company.HasGroup(name))
        {
            company.Assign(company.Group(name, ("isAssignableToRole", true)), GlobalReader);
        }

        return name;
    }

    /// <summary>Nothing, or what looks like something.</summary>
    private static void Empty(Company company, Person person)
    {
        person.Forget();
        person.RecordPhone = null;
        switch (company.Chance.Below(6))
        {
            case 0:
                person.Has("emailMethods", new JsonObject { ["emailAddress"] = $"{person.Account}@example.com" });
                break;
            case 1:
                person.Has("softwareOathMethods", new JsonObject { ["id"] = $"token-{person.Account}" }); // not in the group that may use one
                break;
            case 2:
                person.HasPhone("office"); // nobody may be called there
                break;
            case 3:
                person.Has("passwordMethods", []);
                break;
            case 4:
                person.Has("temporaryAccessPassMethods", new JsonObject { ["id"] = $"pass-{person.Account}", ["lifetimeInMinutes"] = 60, ["isUsableOnce"] = true });
                break;
            default:
                break;
        }
    }

    /// <summary>In Entra already, or brought over before the wave comes.</summary>
    private static void PhonesOnly(Company company, Person person)
    {
        person.Forget();
        if (person.KeepsOut || company.Chance.Below(2) == 0)
        {
            person.HasPhone("mobile");
            if (company.Chance.Below(3) == 0)
            {
                person.HasPhone("alternateMobile", "2065559999");
            }
        }
    }

    /// <summary>The record of the name is of somebody who left.</summary>
    private static void Recycle(Company company, Person person)
    {
        person.KeepsOut = true;
        person.RecordSid = person.Sid + "9";
        person.RecordPhone = "206555" + company.Chance.Between(8000, 8999);
    }

    /// <summary>The record of the name is of somebody who has another name by now.</summary>
    private static void RecycleBeside(Company company, Person person)
    {
        var first = company.Hire();
        (first.Kind, first.Wave, first.Known, first.KeepsOut) = ("", person.Wave, false, true);
        first.Traps.Add(person.Traps[^1]);
        first.HasApp();
        person.KeepsOut = true;
        person.RecordSid = first.Sid;
        person.RecordPhone = "206555" + company.Chance.Between(8000, 8999);
    }
}
