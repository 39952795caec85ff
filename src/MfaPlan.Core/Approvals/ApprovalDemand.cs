using System.Collections.Immutable;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Plans;

namespace MfaPlan.Core.Approvals;

/// <summary>What must be approved, by how many, and who may not.</summary>
/// <param name="Tenant">The plan's tenant.</param>
/// <param name="PlanDigest">SHA-256 (hex) of the plan's text.</param>
/// <param name="Signers">How many different people, from 1.</param>
/// <param name="Author">Whose signature does not count; null when everybody's does.</param>
public abstract record ApprovalDemand(Guid Tenant, string PlanDigest, int Signers, string? Author)
{
    /// <summary>A change set.</summary>
    /// <param name="Tenant">See <see cref="ApprovalDemand"/>.</param>
    /// <param name="PlanDigest">See <see cref="ApprovalDemand"/>.</param>
    /// <param name="Signers">See <see cref="ApprovalDemand"/>.</param>
    /// <param name="Author">See <see cref="ApprovalDemand"/>.</param>
    /// <param name="Digest">The change set's digest.</param>
    /// <param name="Longest">How long an approval may hold.</param>
    public sealed record ForChangeSet(Guid Tenant, string PlanDigest, int Signers, string? Author, string Digest, TimeSpan Longest)
        : ApprovalDemand(Tenant, PlanDigest, Signers, Author);

    /// <summary>A change set that continuous migration made by itself.</summary>
    /// <param name="Tenant">See <see cref="ApprovalDemand"/>.</param>
    /// <param name="PlanDigest">See <see cref="ApprovalDemand"/>.</param>
    /// <param name="Signers">See <see cref="ApprovalDemand"/>.</param>
    /// <param name="Author">See <see cref="ApprovalDemand"/>.</param>
    /// <param name="Kinds">The kinds of its changes.</param>
    /// <param name="UsersToday">The users of this day with those of the change set.</param>
    /// <param name="Until">When the plan's continuous migration ends; no approval may hold longer.</param>
    public sealed record Standing(
        Guid Tenant, string PlanDigest, int Signers, string? Author, ImmutableArray<string> Kinds, long UsersToday, DateTimeOffset Until)
        : ApprovalDemand(Tenant, PlanDigest, Signers, Author);

    /// <summary>What a plan demands for a change set; null when it demands nothing.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="planDigest">The digest of its text.</param>
    /// <param name="digest">The change set's digest.</param>
    /// <param name="stage">The stage that it carries out.</param>
    public static ForChangeSet? Of(Plan plan, string planDigest, string digest, StageId stage) => plan.Approvals is { } approvals
        ? new ForChangeSet(plan.Tenant.Id, planDigest, SignersOf(plan, approvals, stage), AuthorOf(plan), digest, approvals.Expire.Value)
        : null;

    /// <summary>What a plan demands for a change set of its continuous migration; null when it demands nothing or has none.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="planDigest">The digest of its text.</param>
    /// <param name="kinds">The kinds of the change set's changes.</param>
    /// <param name="usersToday">The users of this day with those of the change set.</param>
    public static Standing? OfSync(Plan plan, string planDigest, ImmutableArray<string> kinds, long usersToday) =>
        (plan.Approvals, plan.Sync?.Expires) is ({ } approvals, { } end)
            ? new Standing(
                plan.Tenant.Id, planDigest, approvals.Signers, AuthorOf(plan), kinds, usersToday,
                end == DateOnly.MaxValue ? DateTimeOffset.MaxValue : new DateTimeOffset(end.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero))
            : null;

    /// <summary>
    /// Whose signature does not count: who the plan says wrote it (<c>metadata.author</c>, else <c>metadata.owner</c>). The word of the
    /// plan, not of a version control: whoever signs has the plan before them, and another author is another plan digest.
    /// </summary>
    public static string? AuthorOf(Plan plan) => plan.Approvals is { NotAuthor: true } ? plan.Metadata.Author ?? plan.Metadata.Owner : null;

    /// <summary>What cannot be taken back asks for as many as the stage says, and never for fewer than the plan's other stages.</summary>
    private static int SignersOf(Plan plan, Plans.Approvals approvals, StageId stage) =>
        stage == StageId.CutOver ? Math.Max(approvals.Signers, plan.CutOver?.Signers ?? 2) : approvals.Signers;
}
