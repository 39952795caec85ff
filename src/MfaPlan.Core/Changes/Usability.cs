namespace MfaPlan.Core.Changes;

/// <summary>Whether a user can answer an MFA demand of Entra: now, after the stage, and after what Microsoft retires.</summary>
/// <param name="Now">A registered method that the policy allows.</param>
/// <param name="After">The same, with the unit's changes carried out.</param>
/// <param name="Survives">One of the methods after the stage is not about to be retired.</param>
public readonly record struct Usability(bool Now, bool After, bool Survives);
