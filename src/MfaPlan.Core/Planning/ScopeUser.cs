using MfaPlan.Core.Matching;
using MfaPlan.Core.Tenants;

namespace MfaPlan.Core.Planning;

/// <summary>A user in scope with what is known of it before its methods are read.</summary>
/// <param name="User">The user.</param>
/// <param name="Match">What matching found.</param>
public readonly record struct ScopeUser(DirectoryUser User, Match Match);
