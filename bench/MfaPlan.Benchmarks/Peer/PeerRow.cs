using CsvHelper;
using Microsoft.Graph.Models;

namespace MfaPlan.Benchmarks.Peer;

/// <summary>What the script takes from a row of the export.</summary>
/// <param name="Username">The user's name, taken for the principal name.</param>
/// <param name="Enabled">Whether MFA was on.</param>
/// <param name="Mode">The method in use.</param>
/// <param name="Phones">The phones as Graph has them.</param>
internal sealed record PeerRow(string Username, bool Enabled, string Mode, List<PhoneAuthenticationMethod> Phones)
{
    private bool InOffice => Phones.Exists(static phone => phone.PhoneType == AuthenticationPhoneType.Office);

    /// <summary>Reads the row the reader stands on.</summary>
    public static PeerRow Of(CsvReader csv)
    {
        var phones = new List<PhoneAuthenticationMethod>();
        var extension = csv.GetField("Primary Extension") ?? "";
        if (Number(csv, "Primary") is { } primary)
        {
            phones.Add(extension.Length > 0
                ? new() { PhoneNumber = $"{primary}x{extension}", PhoneType = AuthenticationPhoneType.Office }
                : new() { PhoneNumber = primary, PhoneType = AuthenticationPhoneType.Mobile });
        }

        if (Number(csv, "Backup") is { } backup)
        {
            phones.Add(new() { PhoneNumber = backup, PhoneType = AuthenticationPhoneType.AlternateMobile });
        }

        return new PeerRow(
            csv.GetField("Username") ?? "",
            string.Equals(csv.GetField("Enabled"), "TRUE", StringComparison.OrdinalIgnoreCase),
            csv.GetField("Mode") ?? "",
            phones);
    }

    /// <summary>The default method, where a phone allows one.</summary>
    public string? Default(bool mobile) => (Mode, mobile) switch
    {
        ("Phone Call", _) when InOffice => "voiceOffice",
        ("Phone Call", true) => "voiceMobile",
        (_, true) => "sms",
        _ => null,
    };

    private static string? Number(CsvReader csv, string which)
    {
        var number = string.Concat((csv.GetField($"{which} Phone") ?? "").Where(char.IsAsciiDigit));
        return number.Length == 0 ? null : $"+{(csv.GetField($"{which} Country Code") ?? "").TrimStart('+', '0')} {number}";
    }
}
