namespace MfaPlan.Core.Tenants;

/// <summary>What is read of a user's authentication data; nothing is read that no rule or guard needs.</summary>
[Flags]
public enum MethodParts
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The three phone places.</summary>
    Phones = 1,

    /// <summary>Sign-in preferences: the default method and whether system-preferred authentication is on.</summary>
    Preferences = 2,

    /// <summary>Registered methods other than phones.</summary>
    OtherMethods = 4,

    /// <summary>The user's hardware tokens one by one, and the devices of the inventory with the serial numbers that are asked for.</summary>
    Tokens = 8,

    /// <summary>The per-user MFA state.</summary>
    Requirements = 16,

    /// <summary>Every registered method, phones included.</summary>
    Methods = Phones | OtherMethods,
}
