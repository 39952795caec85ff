namespace MfaPlan.Core.Plans;

/// <summary>What a person vouches for after a wave.</summary>
public enum Attestation
{
    /// <summary>Users see their methods.</summary>
    SeesMethods = 0,

    /// <summary>Calls and text messages arrive.</summary>
    CallOrText = 1,

    /// <summary>Notifications arrive.</summary>
    Push = 2,

    /// <summary>Hardware tokens are accepted.</summary>
    HardwareToken = 3,

    /// <summary>The security info page works.</summary>
    Portal = 4,
}
