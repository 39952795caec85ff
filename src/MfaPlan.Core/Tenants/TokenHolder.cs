namespace MfaPlan.Core.Tenants;

/// <summary>Who holds a hardware token, as seen from the user who is looked at.</summary>
public enum TokenHolder
{
    /// <summary>Nobody: it lies in the tenant's inventory.</summary>
    Nobody = 0,

    /// <summary>The user who is looked at.</summary>
    User = 1,

    /// <summary>Somebody else.</summary>
    Other = 2,
}
