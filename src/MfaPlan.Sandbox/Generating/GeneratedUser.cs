using System.Globalization;

namespace MfaPlan.Sandbox.Generating;

/// <summary>One person of a made-up company, as both sides know them.</summary>
internal sealed record GeneratedUser
{
    private static readonly string[] Given = ["Ada", "Ben", "Chloe", "Dev", "Elif", "Femi", "Grace", "Hugo", "Ines", "Jonas"];
    private static readonly string[] Modes =
        ["Text Message", "Text Message", "Text Message", "Text Message", "Phone Call", "Phone Call", "Phone Call", "Mobile App", "Mobile App", "OATH Token"];

    /// <summary>The place in the company, from 0.</summary>
    public required int Index { get; init; }

    public required Guid Id { get; init; }

    public required string Sam { get; init; }

    public required string PrincipalName { get; init; }

    public required string GivenName { get; init; }

    /// <summary>The SID in Entra.</summary>
    public required string Sid { get; init; }

    /// <summary>The SID in the export; another one where the name was given to a second person.</summary>
    public required string SourceSid { get; init; }

    /// <summary>The username in the export; null where MFA Server never knew the person.</summary>
    public required string? Username { get; init; }

    public required string Mode { get; init; }

    public bool Pin { get; init; }

    public bool TwoWay { get; init; }

    public bool SourceEnabled { get; init; }

    public bool Enabled { get; init; }

    public bool Guest { get; init; }

    public bool Administrator { get; init; }

    public GeneratedNumber? Primary { get; init; }

    public GeneratedNumber? Backup { get; init; }

    /// <summary>phoneType mobile in Entra, in Graph's form; null for none.</summary>
    public string? Mobile { get; init; }

    public string? Office { get; init; }

    public bool Authenticator { get; init; }

    public bool Passkey { get; init; }

    /// <summary>userPreferredMethodForSecondaryAuthentication; null where none is set.</summary>
    public string? Preferred { get; init; }

    /// <summary>Draws the person at a place. The same seed and place give the same person in any size of company.</summary>
    public static GeneratedUser Draw(ulong seed, int index)
    {
        var chance = new Chance(seed, (ulong)index + 1);
        var sam = string.Create(CultureInfo.InvariantCulture, $"u{index:0000000}");
        var guest = chance.PerMille(15);
        var name = guest ? $"{sam}_partner.example#EXT#@contoso.onmicrosoft.com" : $"{sam}@{(chance.PerMille(100) ? "contoso.io" : "contoso.com")}";
        var sid = string.Create(CultureInfo.InvariantCulture, $"S-1-5-21-1004336348-1177238915-682003330-{index + 1101}");
        var mode = chance.Of<string>(Modes);
        var user = new GeneratedUser
        {
            Index = index,
            Id = chance.Id(),
            Sam = sam,
            PrincipalName = name,
            GivenName = chance.Of<string>(Given),
            Sid = sid,
            SourceSid = chance.PerMille(5) ? sid + "9" : sid,
            Username = chance.Below(1000) switch { < 30 => null, < 130 => sam, _ => name },
            Mode = mode,
            Pin = chance.PerMille(30),
            TwoWay = mode == "Text Message" && chance.PerMille(50),
            SourceEnabled = !chance.PerMille(20),
            Enabled = !chance.PerMille(20),
            Guest = guest,
            Administrator = index % 1009 == 13 && index < 200_000,
            Primary = chance.PerMille(mode is "Mobile App" or "OATH Token" ? 400 : 985)
                ? GeneratedNumber.Draw(ref chance, chance.PerMille(40)) : null,
            Backup = chance.PerMille(250) ? GeneratedNumber.Draw(ref chance, chance.PerMille(150)) : null,
            Authenticator = chance.PerMille(250),
            Passkey = chance.PerMille(30),
        };
        return user.WithPhones(ref chance);
    }

    /// <summary>Most people's Entra side is empty; some have the same number, some a newer one, some a phone on the desk.</summary>
    private GeneratedUser WithPhones(ref Chance chance)
    {
        var known = Primary is { Extension: "", Graph: { } graph } ? graph : null;
        var mobile = chance.Below(1000) switch
        {
            < 250 => known,
            < 330 => GeneratedNumber.Draw(ref chance, withExtension: false).Graph,
            _ => null,
        };
        return this with
        {
            Mobile = mobile,
            Office = chance.PerMille(40) ? GeneratedNumber.Draw(ref chance, withExtension: false).Graph : null,
            Preferred = (Authenticator, mobile) switch
            {
                (true, _) when chance.PerMille(500) => "push",
                (_, not null) when chance.PerMille(500) => chance.PerMille(500) ? "sms" : "voiceMobile",
                _ => null,
            },
        };
    }
}
