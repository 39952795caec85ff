using System.Collections.Immutable;
using MfaPlan.Core.Tenants;

namespace MfaPlan.Core.Planning;

/// <summary>A part of <c>policy.ensure</c>: a kind of method, and the groups that must be allowed to use it.</summary>
/// <param name="Method">The kind.</param>
/// <param name="Groups">In the plan's order, each group once.</param>
/// <param name="ForbidSignIn">Text messages only: the numbers of these groups must be no sign-in names.</param>
public sealed record EnsuredMethod(MethodKind Method, ImmutableArray<EnsuredGroup> Groups, bool ForbidSignIn)
{
    /// <summary>Where the plan says it.</summary>
    public string Rule => "policy.ensure." + MethodWords.InPlan(Method);
}
