namespace MfaPlan.Core.Tenants.Access;

/// <summary>The state of a Conditional Access policy.</summary>
public enum AccessState
{
    /// <summary>A word that this version does not know.</summary>
    Unknown = 0,

    /// <summary>Not evaluated.</summary>
    Disabled = 1,

    /// <summary>enabledForReportingButNotEnforced: evaluated, demands nothing.</summary>
    ReportOnly = 2,

    /// <summary>Enforced.</summary>
    Enabled = 3,
}
