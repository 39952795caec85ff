using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace MfaPlan.Cli.Tests.Traps;

/// <summary>People in no trap: those whom every stage must let pass, and those with whom a stage has nothing to do.</summary>
internal static class Kinds
{
    /// <summary>People whom a wave must move, if one names them, and whom the cut-over must let pass.</summary>
    public static readonly ImmutableArray<Kind> Clean =
    [
        new("app", 30, static (_, person) =>
        {
            person.HasApp();
            person.RecordPhone = null;
        }),
        new("app, and a phone that is brought over", 10, static (_, person) => person.HasApp()),
        new("app and phone, both there", 20, static (_, person) =>
        {
            person.HasApp();
            person.HasPhone("mobile");
        }),
        new("phone brought over, accepted for now", 15, static (company, person) =>
        {
            person.AcceptedPhones = true;
            company.Join(company.Group("Service desk"), "Phones for now");
            company.Join(person.Id, company.Chance.Of("Phones for now", "Service desk"));
        }),
        new("passkey", 6, static (_, person) => person.HasPasskey()),
        new("Windows Hello", 4, static (_, person) =>
        {
            person.Has("windowsHelloForBusinessMethods", new JsonObject { ["id"] = $"hello-{person.Account}", ["displayName"] = "Laptop" });
            person.RecordPhone = null;
        }),
        new("software token", 4, static (company, person) =>
        {
            person.Has("softwareOathMethods", new JsonObject { ["id"] = $"token-{person.Account}" });
            company.Join(person.Id, "Software tokens");
        }),
        new("passkey, where keys are demanded", 3, static (company, person) =>
        {
            person.HasPasskey();
            company.Join(person.Id, AccessPolicies.KeysOnly);
        }),
        new("app, demanded by a second policy", 5, static (company, person) =>
        {
            person.HasApp();
            company.Join(person.Id, AccessPolicies.Covered);
        }),
        new("app, on a child domain", 8, static (company, person) =>
        {
            person.HasApp();
            person.Domain = company.Chance.Of(Company.Child, Company.Grandchild);
        }),
    ];

    /// <summary>People without any method with whom no stage has anything to do: they must hold nothing up.</summary>
    public static readonly ImmutableArray<Kind> Bystanders =
    [
        new("managed domain", 3, static (_, person) => Beside(person, "contoso.io", "MFP3177")),
        new("managed child domain", 3, static (_, person) => Beside(person, "test.contoso.com", "MFP3177")),
        new("federated domain of a similar name", 3, static (_, person) => (person.Domain, person.Wave) = ("notcontoso.com", 0)),
        new("disabled account", 3, static (_, person) => (person.Enabled, person.LeftBy) = (false, "MFP3138")),
        new("guest", 2, static (_, person) =>
        {
            Beside(person, "contoso.onmicrosoft.com", "MFP3176");
            (person.Guest, person.Sid) = (true, null);
        }),
        new("cloud-only account", 2, static (_, person) =>
        {
            Beside(person, "contoso.onmicrosoft.com", "MFP3176");
            person.Sid = null;
        }),
    ];

    private static void Beside(Person person, string domain, string leftBy) => (person.Domain, person.LeftBy) = (domain, leftBy);
}
