namespace MfaPlan.Core.Journals;

/// <summary>A domain that a cut-over switched and no rollback has brought back since.</summary>
/// <param name="Name">The domain, in lower case.</param>
/// <param name="Run">The run that switched it last; its change set has the before-image.</param>
/// <param name="At">When that was settled.</param>
public sealed record SwitchedDomain(string Name, string Run, DateTimeOffset At);
