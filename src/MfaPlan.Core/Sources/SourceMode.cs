namespace MfaPlan.Core.Sources;

/// <summary>The method a user had on MFA Server (column Mode).</summary>
public enum SourceMode
{
    /// <summary>Not given, or a value the server itself calls invalid or unspecified.</summary>
    None = 0,

    /// <summary>Phone Call.</summary>
    PhoneCall = 1,

    /// <summary>Text Message.</summary>
    TextMessage = 2,

    /// <summary>Mobile App.</summary>
    MobileApp = 3,

    /// <summary>OATH Token.</summary>
    OathToken = 4,
}
