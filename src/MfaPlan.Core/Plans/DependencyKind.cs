namespace MfaPlan.Core.Plans;

/// <summary>What still leans on MFA Server.</summary>
public enum DependencyKind
{
    /// <summary>A RADIUS client.</summary>
    Radius = 0,

    /// <summary>An LDAP client.</summary>
    Ldap = 1,

    /// <summary>The IIS plug-in.</summary>
    Iis = 2,

    /// <summary>The AD FS adapter.</summary>
    AdFs = 3,

    /// <summary>Windows authentication or terminal services.</summary>
    WindowsAuthentication = 4,

    /// <summary>A caller of the SDK.</summary>
    Sdk = 5,

    /// <summary>The user portal.</summary>
    UserPortal = 6,

    /// <summary>Something else.</summary>
    Other = 7,
}
