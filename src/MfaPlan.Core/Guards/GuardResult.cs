namespace MfaPlan.Core.Guards;

/// <summary>One guard's word on a change set.</summary>
/// <param name="Code">A code of <see cref="GuardDiagnostics"/>, MFP31xx.</param>
/// <param name="Verdict">What it says.</param>
/// <param name="Message">What was checked, what was found, and what to do. No personal data.</param>
public sealed record GuardResult(string Code, GuardVerdict Verdict, string Message);
