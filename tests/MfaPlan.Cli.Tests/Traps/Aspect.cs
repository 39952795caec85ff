namespace MfaPlan.Cli.Tests.Traps;

/// <summary>What of a person a trap is about. One of each kind fits together; two of one kind would undo each other.</summary>
internal enum Aspect
{
    /// <summary>What the person is to the directory.</summary>
    Account = 0,

    /// <summary>What MFA Server knows.</summary>
    Source = 1,

    /// <summary>What demands MFA.</summary>
    Demand = 2,

    /// <summary>What the person can answer with.</summary>
    Methods = 3,
}
