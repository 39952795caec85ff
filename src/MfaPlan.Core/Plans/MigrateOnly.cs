namespace MfaPlan.Core.Plans;

/// <summary>Whom an apply looks at.</summary>
public enum MigrateOnly
{
    /// <summary>Users whose source record or settings changed since they were migrated.</summary>
    Changed = 0,

    /// <summary>Everybody in scope.</summary>
    All = 1,
}
