namespace MfaPlan.Core.Plans;

/// <summary>The kind of a file with token seeds.</summary>
public enum TokenFileFormat
{
    /// <summary>CSV with headings, as Entra takes it for an upload.</summary>
    Csv = 0,

    /// <summary>A key container after RFC 6030.</summary>
    Pskc = 1,

    /// <summary>otpauth URIs, one a line.</summary>
    Otpauth = 2,

    /// <summary>The export of privacyIDEA without headings.</summary>
    PrivacyIdea = 3,

    /// <summary>One user's file of Google's PAM module.</summary>
    GoogleAuthenticator = 4,

    /// <summary>The users file of oath-toolkit.</summary>
    OathUsers = 5,
}
