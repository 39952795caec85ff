using System.Collections.Immutable;

namespace MfaPlan.Core.Tenants;

/// <summary>Lists of targets, whose order means nothing.</summary>
internal static class MethodTargets
{
    /// <summary>Whether both lists hold the same targets.</summary>
    public static bool Same(ImmutableArray<MethodTarget> left, ImmutableArray<MethodTarget> right) => Sorted(left).SequenceEqual(Sorted(right));

    /// <summary>The targets without what is not understood of them.</summary>
    public static ImmutableArray<MethodTarget> Plain(ImmutableArray<MethodTarget> targets) =>
        [.. targets.Select(static target => target with { Others = null })];

    private static IEnumerable<MethodTarget> Sorted(ImmutableArray<MethodTarget> targets) => targets
        .OrderBy(static target => target.Id)
        .ThenBy(static target => target.IsUser)
        .ThenBy(static target => target.UsableForSignIn)
        .ThenBy(static target => target.Asks, StringComparer.Ordinal)
        .ThenBy(static target => target.Others, StringComparer.Ordinal);
}
