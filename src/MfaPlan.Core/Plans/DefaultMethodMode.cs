namespace MfaPlan.Core.Plans;

/// <summary>What becomes of the default method.</summary>
public enum DefaultMethodMode
{
    /// <summary>The source decides.</summary>
    Always = 0,

    /// <summary>The source decides where none is set.</summary>
    IfNotSet = 1,

    /// <summary>The most secure available is set where none is.</summary>
    MostSecureIfNotSet = 2,

    /// <summary>It is neither read nor set.</summary>
    Leave = 3,
}
