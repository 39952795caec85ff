using System.Globalization;
using System.Text.Json.Nodes;

namespace MfaPlan.Cli.Tests.Traps;

/// <summary>One made-up person as both sides know it, and the truth about it.</summary>
/// <param name="id">Object id.</param>
/// <param name="number">The place in the company, from 1.</param>
internal sealed class Person(Guid id, int number)
{
    private const string Authority = "S-1-5-21-1004336348-1177238915-682003330-";

    /// <summary>Object id.</summary>
    public Guid Id { get; } = id;

    /// <summary>The part of the principal name before the domain.</summary>
    public string Account { get; } = string.Create(CultureInfo.InvariantCulture, $"p{number:0000}");

    /// <summary>The domain of the principal name.</summary>
    public string Domain { get; set; } = Company.Root;

    /// <summary>The principal name.</summary>
    public string Name => $"{Account}@{Domain}";

    /// <summary>The SID; null for an account of the cloud alone.</summary>
    public string? Sid { get; set; } = Authority + (1000 + number).ToString(CultureInfo.InvariantCulture);

    /// <summary>Whether the account can sign in.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Whether the account is a guest.</summary>
    public bool Guest { get; set; }

    /// <summary>The methods in Entra, in Graph's own form.</summary>
    public JsonObject Methods { get; private set; } = [];

    /// <summary>Whether MFA Server has a record of the person's own name.</summary>
    public bool Known { get; set; } = true;

    /// <summary>The SID in that record; another one where the name was somebody else's before.</summary>
    public string? RecordSid { get; set; }

    /// <summary>The phone in that record, national; null for none.</summary>
    public string? RecordPhone { get; set; } = string.Create(CultureInfo.InvariantCulture, $"206555{number:0000}");

    /// <summary>Whether a rule keeps the record from being brought over.</summary>
    public bool KeepsOut { get; set; }

    /// <summary>The wave that names the person; 0 for none.</summary>
    public int Wave { get; set; }

    /// <summary>Whether the migrate stage is about the person.</summary>
    public bool InScope { get; set; } = true;

    /// <summary>What the person is in the figures: a kind of clean person, or of one whom a stage rightly leaves.</summary>
    public string Kind { get; set; } = "";

    /// <summary>The truth: every trap that the person is in.</summary>
    public List<Trap> Traps { get; } = [];

    /// <summary>Whether the person has phones alone, and a day until which the plan accepts that.</summary>
    public bool AcceptedPhones { get; set; }

    /// <summary>Whether the wave that names the person must move it.</summary>
    public bool Moves => Wave > 0 && !Stays && Traps.TrueForAll(static trap => !trap.Bars);

    /// <summary>Whether a wave has nothing to move the person from.</summary>
    public bool Stays => LeftBy is not null;

    /// <summary>The code by which a wave must leave a person in no trap; null where it must not.</summary>
    public string? LeftBy { get; set; }

    /// <summary>Whether the cut-over moves the person.</summary>
    public bool IsCutOver => Enabled && Company.Switched.Contains(Domain, StringComparer.OrdinalIgnoreCase);

    /// <summary>Takes every method away.</summary>
    public void Forget() => Methods = [];

    /// <summary>Gives a method of a collection of Graph's.</summary>
    public void Has(string collection, JsonObject method)
    {
        if (Methods[collection] is not JsonArray methods)
        {
            Methods[collection] = methods = [];
        }

        methods.Add(method);
    }

    /// <summary>Gives Microsoft Authenticator.</summary>
    public void HasApp() => Has("microsoftAuthenticatorMethods", new JsonObject
    {
        ["id"] = Id.ToString(),
        ["displayName"] = "Phone of the user",
        ["deviceTag"] = "SoftwareTokenActivated",
        ["phoneAppVersion"] = "6.8",
    });

    /// <summary>Gives a passkey.</summary>
    public void HasPasskey() => Has("fido2Methods", new JsonObject { ["id"] = $"passkey-{Account}", ["displayName"] = "Security key" });

    /// <summary>Gives the record's phone in Entra.</summary>
    public void HasPhone(string type, string? national = null) =>
        Has("phoneMethods", new JsonObject { ["phoneType"] = type, ["phoneNumber"] = $"+1 {national ?? string.Create(CultureInfo.InvariantCulture, $"206555{number:0000}")}" });

    /// <summary>The account in the form of a tenant file.</summary>
    public JsonObject ToJson()
    {
        var user = new JsonObject
        {
            ["id"] = Id.ToString(),
            ["userPrincipalName"] = Name,
            ["displayName"] = "Sample",
            ["accountEnabled"] = Enabled,
            ["userType"] = Guest ? "Guest" : "Member",
            ["authentication"] = Methods.DeepClone(),
        };
        if (Sid is not null)
        {
            user["onPremisesSyncEnabled"] = true;
            user["onPremisesSecurityIdentifier"] = Sid;
        }

        return user;
    }
}
