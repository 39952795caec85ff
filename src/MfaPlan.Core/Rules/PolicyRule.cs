using System.Collections.Immutable;
using System.Globalization;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Planning;
using MfaPlan.Core.Tenants;

namespace MfaPlan.Core.Rules;

/// <summary>
/// Merges the groups of <c>policy.ensure</c> into a configuration of the authentication methods policy. Nobody loses a method: targets stay,
/// exclusions are not touched. A method that was off opens to the ensured groups alone, since whom it named while it was off could not use it.
/// </summary>
public static class PolicyRule
{
    /// <summary>The change of one configuration, and what a person must know of it; null where nothing is to be done.</summary>
    /// <param name="ensured">What the plan asks for.</param>
    /// <param name="seen">The configuration as it is.</param>
    public static (Change.AllowMethod? Change, ImmutableArray<Finding> Findings) Decide(EnsuredMethod ensured, MethodConfiguration seen)
    {
        var findings = ImmutableArray.CreateBuilder<Finding>();
        var groups = new List<EnsuredGroup>();
        foreach (var group in ensured.Groups)
        {
            if (seen.Exclude.Any(target => target.NamesSame(TargetOf(group, ensured.Method))))
            {
                findings.Add(Found(FindingCatalog.GroupExcluded, ensured.Method).With("group", group.Name).With("part", ensured.Rule));
            }
            else
            {
                groups.Add(group);
            }
        }

        var after = groups.Count == 0 ? seen
            : seen.Enabled ? Merge(ensured, seen, groups, findings)
            : SwitchOn(ensured, seen, groups, findings);
        var change = new Change.AllowMethod(ensured.Method, seen, after, ensured.Rule);
        return (change.IsEmpty ? null : change, findings.ToImmutable());
    }

    /// <summary>Whom targets name, in words.</summary>
    internal static string Left(ImmutableArray<MethodTarget> targets) => targets.Any(static target => target.Id is null) ? "everybody"
        : targets.IsEmpty ? "nobody"
        : string.Create(CultureInfo.InvariantCulture, $"{targets.Length} groups or users");

    private static MethodConfiguration SwitchOn(
        EnsuredMethod ensured, MethodConfiguration seen, List<EnsuredGroup> groups, ImmutableArray<Finding>.Builder findings)
    {
        findings.Add(Found(FindingCatalog.SwitchedOn, ensured.Method).With("left", Left(seen.Include)));
        return seen with { Enabled = true, Include = [.. groups.Select(group => TargetOf(group, ensured.Method))] };
    }

    private static MethodConfiguration Merge(
        EnsuredMethod ensured, MethodConfiguration seen, List<EnsuredGroup> groups, ImmutableArray<Finding>.Builder findings)
    {
        var include = seen.Include.ToBuilder();
        var openToAll = seen.Include.Any(static target => target.Id is null);
        foreach (var group in groups)
        {
            var wanted = TargetOf(group, ensured.Method);
            var at = include.ToList().FindIndex(wanted.NamesSame);
            if (at < 0 && !openToAll)
            {
                include.Add(wanted);
            }
            else if (at >= 0 && ensured.ForbidSignIn && include[at].UsableForSignIn)
            {
                include[at] = include[at] with { UsableForSignIn = false };
                findings.Add(Found(FindingCatalog.SignInForbidden, ensured.Method).With("group", group.Name));
            }
        }

        return seen with { Include = include.ToImmutable() };
    }

    /// <summary>A target as it is written where there is none: never for sign-in by text message, which nobody asked for.</summary>
    private static MethodTarget TargetOf(EnsuredGroup group, MethodKind method) =>
        new(group.Id, IsUser: false, UsableForSignIn: method != MethodKind.Sms);

    private static Finding Found(FindingKind kind, MethodKind method) => kind.Found().With("method", MethodWords.ForPeople(method));
}
