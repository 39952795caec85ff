using System.Collections.Immutable;

namespace MfaPlan.Core.Gates;

/// <summary>What is used of one sign-in of the log; no name, address or place.</summary>
/// <param name="User">Object id; empty where the log names no user of the tenant.</param>
/// <param name="At">When, UTC.</param>
/// <param name="ErrorCode">0 where it succeeded.</param>
/// <param name="AsksMfa">Whether more than one factor was required (<c>authenticationRequirement</c>).</param>
/// <param name="IsOfEntra">Whether Entra itself issued the token (<c>tokenIssuerType</c>), not a federation server, adapter or NPS.</param>
/// <param name="Steps">The steps of authentication, as far as the log has them already.</param>
public readonly record struct SignInFact(
    Guid User, DateTimeOffset At, int ErrorCode, bool AsksMfa, bool IsOfEntra, ImmutableArray<SignInStep> Steps);

/// <summary>One step of authentication.</summary>
/// <param name="Method">The method's name as the log has it: an open set.</param>
/// <param name="Succeeded">Whether it succeeded.</param>
public readonly record struct SignInStep(string Method, bool Succeeded);
