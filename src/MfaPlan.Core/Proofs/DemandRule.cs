using System.Collections.Immutable;
using MfaPlan.Core.Tenants;
using MfaPlan.Core.Tenants.Access;

namespace MfaPlan.Core.Proofs;

/// <summary>
/// What demands MFA of a user at every sign-in to every resource. Only an enforced Conditional Access policy proves it. Security defaults ask
/// when Microsoft decides; per-user MFA that is enforced lets trusted IPs and remembered devices through, which no interface shows: neither is a proof.
/// </summary>
/// <param name="context">What it depends on.</param>
/// <param name="view">The policies.</param>
/// <param name="readings">The same policies, read, in the same order.</param>
internal sealed class DemandRule(ProofContext context, AccessView view, ImmutableArray<PolicyReading> readings)
{
    private readonly ImmutableArray<PolicyReading> _proving = [.. readings.Where(reading => reading.Proves && context.Counts(reading.Policy))];

    /// <summary>Judges a user.</summary>
    /// <param name="user">The user.</param>
    /// <param name="perUser">The per-user MFA state, where it was read; only for people.</param>
    public MfaDemand Judge(DirectoryUser user, PerUserMfa perUser)
    {
        foreach (var reading in _proving)
        {
            if (AccessScope.Names(reading.Policy.Include, user, view).Is == Claim.Yes
                && AccessScope.Names(reading.Policy.Exclude, user, view).Is == Claim.No)
            {
                return new MfaDemand.By(reading.Policy);
            }
        }

        Candidate? best = null;
        foreach (var reading in readings)
        {
            var candidate = Weigh(reading, user);
            best = best is null || (candidate.Open, candidate.Met).CompareTo((best.Open, best.Met)) > 0 ? candidate : best;
        }

        var others = Others(perUser);
        return best switch
        {
            null => new MfaDemand.Gap("the tenant has no Conditional Access policy" + others),
            { Lacks.Length: 0 } => new MfaDemand.Gap("no Conditional Access policy demands MFA" + others),
            { Open: true } => new MfaDemand.Unknown($"the policy {best.Policy.Label} {best.Lacks}{others}"),
            _ => new MfaDemand.Gap($"the policy {best.Policy.Label} comes nearest, but it {best.Lacks}{others}"),
        };
    }

    // What a proof needs, in the order in which a lack is told; it stays open only if nothing that it lacks is certain.
    private Candidate Weigh(PolicyReading reading, DirectoryUser user)
    {
        var policy = reading.Policy;
        if (!reading.Wants)
        {
            return new(policy, 0, "", Open: false);
        }

        var (included, by) = AccessScope.Names(policy.Include, user, view);
        var (excluded, but) = AccessScope.Names(policy.Exclude, user, view);
        ReadOnlySpan<(Claim Met, string Lacks)> needs =
        [
            (reading.NoDemand is null ? Claim.Yes : reading.Open is null ? Claim.No : Claim.Unknown, reading.NoDemand ?? ""),
            (included, included == Claim.No ? "does not include the user" : $"includes {by}, of which it cannot be judged whether the user is one"),
            ((Claim)(2 - (int)excluded), excluded == Claim.Yes ? $"excludes {but}" : $"excludes {but}, of which it cannot be judged whether the user is one"),
            policy.State switch
            {
                AccessState.Enabled => (Claim.Yes, ""),
                AccessState.ReportOnly => (Claim.No, "is report-only, so it demands nothing"),
                AccessState.Disabled => (Claim.No, "is disabled"),
                _ => (Claim.Unknown, "has a state that this version does not know"),
            },
            (reading.Reach switch { Reach.Everywhere => Claim.Yes, Reach.Unknown => Claim.Unknown, _ => Claim.No }, $"applies {reading.Where}"),
            (context.Counts(policy) ? Claim.Yes : Claim.No, "is not named in cutOver.mfaRequiredBy"),
        ];
        var met = 0;
        var refuted = false;
        string? lacks = null;
        foreach (var need in needs)
        {
            met += need.Met == Claim.Yes ? 1 : 0;
            refuted |= need.Met == Claim.No;
            lacks ??= need.Met == Claim.Yes ? null : need.Lacks;
        }

        return new(policy, met, lacks ?? "", !refuted);
    }

    private string Others(PerUserMfa perUser) =>
        (view.SecurityDefaults.SeenOrDefault ? "; security defaults are on and ask when Microsoft decides, which is no demand at every sign-in" : "")
        + (perUser == PerUserMfa.Enforced ? "; per-user MFA is enforced, and trusted IPs and remembered devices escape it" : "");

    private sealed record Candidate(AccessPolicy Policy, int Met, string Lacks, bool Open);
}
