namespace MfaPlan.Sources.Tokens;

/// <summary>The kinds of files that hold token seeds.</summary>
public enum TokenFormat
{
    /// <summary>A CSV file with headings; see <see cref="TokenCsv"/>.</summary>
    Csv = 0,

    /// <summary>A key container after RFC 6030; see <see cref="Tokens.Pskc.PskcFile"/>.</summary>
    Pskc = 1,

    /// <summary>URIs, one a line; see <see cref="OtpauthFile"/>.</summary>
    Otpauth = 2,

    /// <summary>The export of privacyIDEA without headings; see <see cref="PrivacyIdeaCsv"/>.</summary>
    PrivacyIdea = 3,

    /// <summary>One user's file of the PAM module; see <see cref="GoogleAuthenticatorFile"/>.</summary>
    GoogleAuthenticator = 4,

    /// <summary>The users file of oath-toolkit; see <see cref="OathUsersFile"/>.</summary>
    OathUsers = 5,
}
