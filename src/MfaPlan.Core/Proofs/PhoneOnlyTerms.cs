using System.Collections.Immutable;
using System.Globalization;
using MfaPlan.Core.Tenants;

namespace MfaPlan.Core.Proofs;

/// <summary>Whom <c>protect.phoneOnly</c> lets be moved with phones alone.</summary>
/// <param name="Accepted">The members of its groups, nested ones included; unknown where one of the groups could not be read.</param>
/// <param name="Until">The last day on which it is accepted, UTC.</param>
/// <param name="FollowUp">The change request that ends it.</param>
public sealed record PhoneOnlyTerms(Observed<ImmutableHashSet<Guid>> Accepted, DateOnly Until, string? FollowUp)
{
    /// <summary>Whether a user is accepted at an instant, and why not where it is not.</summary>
    public (Claim Is, string Why) Accepts(Guid user, DateTimeOffset asOf)
    {
        var day = Until.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        if (DateOnly.FromDateTime(asOf.UtcDateTime) > Until)
        {
            return (Claim.No, $"protect.phoneOnly accepted it until {day}, which is over");
        }

        return Accepted switch
        {
            Observed<ImmutableHashSet<Guid>>.Seen seen when seen.Value.Contains(user) => (Claim.Yes, ""),
            Observed<ImmutableHashSet<Guid>>.Seen => (Claim.No, "the user is in no group of protect.phoneOnly.accept"),
            Observed<ImmutableHashSet<Guid>>.Unknown unknown => (Claim.Unknown, $"the groups of protect.phoneOnly.accept could not be read ({unknown.Code})"),
            _ => throw new InvalidOperationException("A read is seen or unknown."),
        };
    }
}
