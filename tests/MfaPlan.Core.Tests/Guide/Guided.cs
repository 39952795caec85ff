using MfaPlan.Core.Changes;
using MfaPlan.Core.Planning;
using MfaPlan.Core.Privacy;
using MfaPlan.Core.Sources;
using MfaPlan.Core.Sources.Tokens;
using MfaPlan.Core.Tenants;
using MfaPlan.Core.Tests.Planning;

namespace MfaPlan.Core.Tests.Guide;

/// <summary>Plans one user as the tables of the guide put it: a source record, what Entra has, what the plan says.</summary>
internal static class Guided
{
    public const string A = "2065550101";
    public const string B = "2065550102";

    /// <summary>A record with the phones <c>number</c> or <c>numberxextension</c>, all of country 1.</summary>
    public static SourceUser Record(string primary = "", string backup = "", SourceMode mode = SourceMode.PhoneCall) =>
        Cases.Source(mode) with { Primary = Phone(primary), Backup = Phone(backup) };

    public static SourcePhone Phone(string text)
    {
        var parts = text.Split('x');
        return text.Length == 0 ? SourcePhone.None : new SourcePhone("1", parts[0], parts.Length > 1 ? parts[1] : "");
    }

    /// <summary>What Entra has, as <c>mobile=2065550101 office=2065550102x7 default=sms apps=1 software=1 hardware=1</c>.</summary>
    public static UserMethods Methods(string text)
    {
        var methods = new UserMethods(MethodParts.None);
        foreach (var part in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = (part.Split('=')[0], part.Split('=')[1]);
            methods = name switch
            {
                "mobile" => methods with { Mobile = new PhoneNumber("+1 " + value) },
                "alternateMobile" => methods with { AlternateMobile = new PhoneNumber("+1 " + value) },
                "office" => methods with { Office = new PhoneNumber("+1 " + value) },
                "default" => methods with { Default = new DefaultMethod(value) },
                "apps" => methods with { Authenticators = value[0] - '0' },
                "software" => methods with { SoftwareTokens = value[0] - '0' },
                "hardware" => methods with { HardwareTokens = value[0] - '0' },
                _ => throw new ArgumentException(part, nameof(text)),
            };
        }

        return methods;
    }

    public static Unit Plan(SourceUser record, string entra = "", string plan = "", MethodsPolicy? policy = null, TokenBook? tokens = null)
    {
        var seen = Methods(entra) with { Parts = MethodParts.Methods | MethodParts.Preferences | MethodParts.Tokens };
        return Planner.ForUser(
            Cases.Context(Cases.Plan(plan), policy) with { Tokens = tokens ?? TokenBook.Empty },
            Cases.Scope(record), new Observed<UserMethods>.Seen(seen, DateTimeOffset.UnixEpoch), lastMigrated: null);
    }

    /// <summary>The changes in order of write: <c>mobile=2065550101 default=sms token=create/assign/activate</c>.</summary>
    public static string Text(this Unit unit) => string.Join(' ', unit.Changes.Select(static change => change switch
    {
        Change.SetPhone phone => $"{char.ToLowerInvariant(phone.Slot.ToString()[0])}{phone.Slot.ToString()[1..]}={phone.After!.Reveal()["+1 ".Length..]}",
        Change.SetDefaultMethod method => $"default={method.After}",
        Change.CreateToken => "create",
        Change.AssignToken => "assign",
        Change.ActivateToken => "activate",
        _ => throw new InvalidOperationException(change.Id),
    }));

    /// <summary>The codes of the findings that are about what a table says, in order.</summary>
    public static string Codes(this Unit unit, params string[] among) =>
        string.Join(' ', unit.Findings.Select(static finding => finding.Code).Where(code => among.Contains(code)));
}
