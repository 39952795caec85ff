namespace MfaPlan.Sandbox.Generating;

/// <summary>An account of a made-up company that no person signs in to, or not any more.</summary>
/// <param name="Number">From 1; its id is drawn by it.</param>
/// <param name="PrincipalName">The user principal name.</param>
/// <param name="DisplayName">What it is.</param>
/// <param name="IsService">Whether it is one of those that nothing may touch.</param>
internal sealed record GeneratedAccount(int Number, string PrincipalName, string DisplayName, bool IsService);
