using System.Collections.Immutable;
using MfaPlan.Core.Tenants.Access;

namespace MfaPlan.Core.Proofs;

/// <summary>What a policy says whoever signs in: how far it reaches and what it demands.</summary>
/// <param name="Policy">The policy.</param>
/// <param name="Reach">How far it reaches.</param>
/// <param name="Where">The reach for people, after "applies"; empty for <see cref="Reach.Everywhere"/>.</param>
/// <param name="NoDemand">Why its controls do not demand MFA, after the policy's name; null where they do.</param>
/// <param name="Strength">The strength among its controls; null for none, or where it could not be read.</param>
/// <param name="Open">What of its controls cannot be judged and may lock out; null for nothing.</param>
public sealed record PolicyReading(
    AccessPolicy Policy, Reach Reach, string Where, string? NoDemand, AuthenticationStrength? Strength, string? Open)
{
    private static readonly ImmutableArray<string> Known =
    [
        "block", "mfa", "compliantDevice", "domainJoinedDevice", "approvedApplication", "compliantApplication", "passwordChange", "riskRemediation",
    ];

    /// <summary>Whether it refuses access.</summary>
    public bool Blocks => Policy.Controls.BuiltIn.Contains("block", StringComparer.Ordinal);

    /// <summary>Whether MFA is among its controls, or something that may be.</summary>
    public bool Wants => Policy.Controls.BuiltIn.Contains("mfa", StringComparer.Ordinal) || Policy.Controls.Strength is not null || Open is not null;

    /// <summary>Whether it can prove a demand for those whom it is about.</summary>
    public bool Proves => NoDemand is null && Policy.State == AccessState.Enabled && Reach == Reach.Everywhere;

    /// <summary>Reads a policy.</summary>
    public static PolicyReading Of(AccessPolicy policy, AccessView view)
    {
        var (reach, where) = policy.UnjudgedConditions.IsEmpty
            ? ReachRule.Of(policy, view)
            : (Reach.Unknown, $"under conditions that this version does not know ({string.Join(", ", policy.UnjudgedConditions)})");
        var controls = policy.Controls;
        var strength = controls.Strength is { } id ? view.Strength(id) : null;
        var open = OpenOf(policy, strength);
        return new(policy, reach, where, WhyNoDemand(policy, strength, open), strength, open);
    }

    private static string? WhyNoDemand(AccessPolicy policy, AuthenticationStrength? strength, string? open)
    {
        var controls = policy.Controls;
        if (controls.BuiltIn.Contains("block", StringComparer.Ordinal))
        {
            return "blocks, it does not demand MFA";
        }

        if (!controls.BuiltIn.Contains("mfa", StringComparer.Ordinal) && controls.Strength is null)
        {
            return "does not demand MFA";
        }

        if (!controls.AllAreNeeded)
        {
            return $"is content with one of {controls.Count} controls, so MFA can be left out";
        }

        if (open is not null)
        {
            return $"has {open}";
        }

        return controls.BuiltIn.Contains("mfa", StringComparer.Ordinal) || strength is { IsMfa: true }
            ? null
            : $"demands the authentication strength \"{strength?.DisplayName}\", which is not one of MFA";
    }

    // What may lock out and cannot be judged. Of several controls of which one is enough, the known ones may do.
    private static string? OpenOf(AccessPolicy policy, AuthenticationStrength? strength)
    {
        var controls = policy.Controls;
        if (!policy.UnjudgedControls.IsEmpty)
        {
            return $"controls that this version does not know ({string.Join(", ", policy.UnjudgedControls)})";
        }

        if (!controls.AllAreNeeded)
        {
            return null;
        }

        return controls.BuiltIn.FirstOrDefault(static word => !Known.Contains(word, StringComparer.Ordinal)) is { } word
            ? $"the control {word}, which this version does not know"
            : controls.Strength is { } id && strength is null ? $"the authentication strength {id}, which could not be read" : null;
    }
}
