namespace MfaPlan.State;

/// <summary>When and by whom a state's keys were destroyed.</summary>
/// <param name="At">When.</param>
/// <param name="By">Who said so, and on which machine.</param>
public sealed record Shredding(DateTimeOffset At, string By);
