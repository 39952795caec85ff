namespace MfaPlan.Core.Plans;

/// <summary>How an operator signs in.</summary>
public enum SignInMode
{
    /// <summary>In a browser.</summary>
    Interactive = 0,

    /// <summary>With a code on another device.</summary>
    DeviceCode = 1,

    /// <summary>A person does the steps; the runner says which and checks them.</summary>
    Manual = 2,
}
