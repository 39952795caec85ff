namespace MfaPlan.State.Keys;

/// <summary>A refusal of the vault; the one within says more.</summary>
/// <param name="Code">Such as <c>Forbidden</c>, and within it <c>KeyDisabled</c>.</param>
/// <param name="InnerError">The one within.</param>
internal sealed record VaultError(string? Code, VaultError? InnerError);
