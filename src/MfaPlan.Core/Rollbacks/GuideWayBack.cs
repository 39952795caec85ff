using System.Collections.Immutable;
using MfaPlan.Core.Rules;

namespace MfaPlan.Core.Rollbacks;

/// <summary>The steps of the guide's rollback that are outside of the tenant, as data with source and review date, in the guide's order.</summary>
internal static class GuideWayBack
{
    /// <summary>The steps.</summary>
    public static ImmutableArray<GuideBackStep> Steps { get; } = RuleData.Read("way-back.json", static root =>
        root.GetProperty("items").EnumerateArray().Select(static item => new GuideBackStep(
            item.GetProperty("id").GetString()!,
            Enum.Parse<WayBackKind>(item.GetProperty("kind").GetString()!, ignoreCase: true),
            Enum.Parse<GuideBackUsers>(item.GetProperty("users").GetString()!, ignoreCase: true),
            item.GetProperty("what").GetString()!,
            item.GetProperty("reason").GetString()!,
            item.TryGetProperty("checklist", out var step) ? step.GetString() : null,
            item.TryGetProperty("dependencies", out var listed) && listed.GetBoolean())).ToImmutableArray());

    /// <summary>The guide's section.</summary>
    public static Uri Link { get; } = RuleData.Read("way-back.json", static root =>
        new Uri($"{root.GetProperty("guide").GetString()}#{root.GetProperty("anchor").GetString()}"));
}

/// <summary>A step of the guide.</summary>
/// <param name="Id">Names it.</param>
/// <param name="Kind">By hand or impossible.</param>
/// <param name="Users">Whom it is about.</param>
/// <param name="What">What is done.</param>
/// <param name="Reason">Why it is by hand or impossible.</param>
/// <param name="Checklist">The step of the checklist that it takes back; null for none.</param>
/// <param name="OfDependencies">Whether it is about the plan's dependencies that are done.</param>
internal sealed record GuideBackStep(
    string Id, WayBackKind Kind, GuideBackUsers Users, string What, string Reason, string? Checklist, bool OfDependencies);

/// <summary>Whom a step of the guide is about.</summary>
internal enum GuideBackUsers
{
    /// <summary>No users that could be counted here.</summary>
    None = 0,

    /// <summary>Users whose methods were brought over.</summary>
    Migrated = 1,

    /// <summary>Users who were moved to the cloud's MFA.</summary>
    Moved = 2,
}
