namespace MfaPlan.Core.Gates;

/// <summary>The span of which a log has every sign-in, as far as it can be known.</summary>
/// <param name="From">What is older is not in it.</param>
/// <param name="Until">What is newer is not in it.</param>
/// <param name="Source">What was read: <c>graph</c>, or <c>file:</c> and the file's SHA-256 (hex).</param>
public sealed record SignInCoverage(DateTimeOffset From, DateTimeOffset Until, string Source);
