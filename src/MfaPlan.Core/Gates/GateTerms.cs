using System.Collections.Immutable;
using System.Text.Json.Serialization;
using MfaPlan.Core.CutOvers;
using MfaPlan.Core.Plans;

namespace MfaPlan.Core.Gates;

/// <summary>What a wave's gate asks: the plan's defaults with what the wave says instead.</summary>
/// <param name="Propagation">How long a change may take to reach everywhere.</param>
/// <param name="Soak">How long sign-ins must have been watched after that.</param>
/// <param name="MinUsers">Users with a fresh MFA in the cloud, at least; 0 does not ask.</param>
/// <param name="FreshMfaUsers">Their share of the wave in percent, at least; null does not ask.</param>
/// <param name="FailedUsers">The share of users who failed in percent, at most; null does not ask.</param>
/// <param name="PerMethodUsers">Users by method, at least; null does not ask.</param>
/// <param name="Attest">What people must vouch for, in order.</param>
/// <param name="Signers">How many different people for each, from 1.</param>
/// <param name="Inconclusive">What missing evidence means.</param>
public sealed record GateTerms(
    TimeSpan Propagation,
    TimeSpan Soak,
    long MinUsers,
    decimal? FreshMfaUsers,
    decimal? FailedUsers,
    long? PerMethodUsers,
    ImmutableArray<Attestation> Attest,
    int Signers,
    Inconclusive Inconclusive)
{
    /// <summary>Where a plan does not say how long: what Microsoft states for staged rollout and federation at most.</summary>
    public static readonly TimeSpan DefaultPropagation = TimeSpan.FromHours(24);

    /// <summary>How long a cut-over is watched where a plan does not say.</summary>
    private static readonly TimeSpan DefaultWatch = TimeSpan.FromHours(48);

    /// <summary>Whether anything of the sign-in log is asked; only where a plan says <c>minUsers: 0</c> and none of the others is nothing asked.</summary>
    [JsonIgnore]
    public bool AskSignIns => MinUsers > 0 || FreshMfaUsers is not null || FailedUsers is not null || PerMethodUsers is not null;

    /// <summary>
    /// The terms of a wave. A wave's own values stand instead of the defaults one by one; its <c>attest</c> where it has one; of <c>signers</c> the larger,
    /// so that a wave can ask for more people and not for fewer.
    /// </summary>
    public static GateTerms Of(Rollout rollout, Wave wave)
    {
        var (common, own) = (rollout.GateDefaults, wave.Gate);
        return new GateTerms(
            (own?.Propagation ?? common.Propagation)?.Value ?? DefaultPropagation,
            (own?.Soak ?? common.Soak)?.Value ?? TimeSpan.Zero,
            own?.MinUsers ?? common.MinUsers ?? 1,
            Share(own?.FreshMfaUsers ?? common.FreshMfaUsers),
            Share(own?.FailedUsers ?? common.FailedUsers),
            own?.PerMethodUsers ?? common.PerMethodUsers,
            [.. (own is { Attest: { IsDefaultOrEmpty: false } asked } ? asked : common.Attest).Distinct().Order()],
            Math.Max(Math.Max(1, common.Signers), own?.Signers ?? 1),
            own?.Inconclusive ?? common.Inconclusive);
    }

    /// <summary>
    /// The terms of the watch after a cut-over: <c>cutOver.watch</c> as the soak, and of the gates' defaults what fits users who are all moved at once,
    /// <c>minUsers</c> and <c>failedUsers</c>. The sign-in log is always asked.
    /// </summary>
    /// <param name="plan">The plan; one that has no cut-over any more is watched as one by default is.</param>
    public static GateTerms OfWatch(Plan plan)
    {
        var common = plan.Rollout?.GateDefaults;
        return new GateTerms(
            DomainPlanner.TakesEffectWithin, plan.CutOver?.Watch.Value ?? DefaultWatch, Math.Max(1, common?.MinUsers ?? 1), null, Share(common?.FailedUsers), null, [], 1,
            Inconclusive.Hold);
    }

    /// <inheritdoc/>
    public bool Equals(GateTerms? other) =>
        other is not null && Propagation == other.Propagation && Soak == other.Soak && MinUsers == other.MinUsers
        && FreshMfaUsers == other.FreshMfaUsers && FailedUsers == other.FailedUsers && PerMethodUsers == other.PerMethodUsers
        && Attest.AsSpan().SequenceEqual(other.Attest.AsSpan()) && Signers == other.Signers && Inconclusive == other.Inconclusive;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Propagation, Soak, MinUsers, FreshMfaUsers, FailedUsers, PerMethodUsers, Attest.Length, Signers);

    private static decimal? Share(Percent? share) => share is { } percent ? (decimal)percent.Value : null;
}
