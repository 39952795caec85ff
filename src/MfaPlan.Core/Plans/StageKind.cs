namespace MfaPlan.Core.Plans;

/// <summary>A kind of stage, where one is named.</summary>
public enum StageKind
{
    /// <summary>Tenant settings.</summary>
    Prepare = 0,

    /// <summary>Users' methods.</summary>
    Migrate = 1,

    /// <summary>Waves.</summary>
    Rollout = 2,

    /// <summary>The federation switch.</summary>
    CutOver = 3,
}
