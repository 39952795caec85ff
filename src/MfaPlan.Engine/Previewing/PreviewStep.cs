namespace MfaPlan.Engine.Previewing;

/// <summary>How far a preview is.</summary>
/// <param name="Done">Users planned.</param>
/// <param name="Total">Users to plan.</param>
public readonly record struct PreviewStep(long Done, long Total);
