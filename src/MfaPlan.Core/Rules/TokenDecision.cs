using System.Collections.Immutable;
using MfaPlan.Core.Changes;

namespace MfaPlan.Core.Rules;

/// <summary>What becomes of a user's tokens.</summary>
/// <param name="Changes">In the order of sending.</param>
/// <param name="Findings">In order of serial number.</param>
/// <param name="Brought">Whether the user has an active token of the source then.</param>
/// <param name="Waits">Whether a token is left for a reason that may pass: a later preview looks at the user again.</param>
public sealed record TokenDecision(ImmutableArray<Change> Changes, ImmutableArray<Finding> Findings, bool Brought, bool Waits);
