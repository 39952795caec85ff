namespace MfaPlan.Core.Journals;

/// <summary>A unit of the open run, in as few bytes as it takes.</summary>
/// <param name="BegunAt">Ticks in UTC of the last begin.</param>
/// <param name="Changes">The number of the begun changes in their pool; negative when the unit is settled.</param>
/// <param name="Outcomes">The number of the last settle's outcomes in their pool; negative before the first.</param>
internal readonly record struct UnitState(long BegunAt, int Changes, int Outcomes)
{
    /// <summary>No number of a pool.</summary>
    public const int None = -1;

    /// <summary>Begun and not settled.</summary>
    public bool IsOpen => Changes >= 0;
}
