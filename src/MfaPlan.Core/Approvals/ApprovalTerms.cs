using System.Collections.Immutable;

namespace MfaPlan.Core.Approvals;

/// <summary>What a person signs: for which tenant and plan, until when, and as whom. A signature says nothing beyond it.</summary>
public abstract record ApprovalTerms
{
    private ApprovalTerms(Guid tenant, string planDigest, DateTimeOffset expires, string signer)
    {
        Tenant = tenant;
        PlanDigest = planDigest;
        Expires = expires;
        Signer = signer;
    }

    /// <summary>The tenant it is for.</summary>
    public Guid Tenant { get; }

    /// <summary>SHA-256 (hex) of the plan's text, and with it of the pinned allowed_signers.</summary>
    public string PlanDigest { get; }

    /// <summary>From then on it does not hold; whole seconds, UTC.</summary>
    public DateTimeOffset Expires { get; init; }

    /// <summary>The principal of allowed_signers as whom it is signed.</summary>
    public string Signer { get; init; }

    /// <summary>Approves one change set.</summary>
    public sealed record ForChangeSet : ApprovalTerms
    {
        /// <summary>The terms.</summary>
        public ForChangeSet(Guid tenant, string planDigest, string digest, DateTimeOffset expires, string signer)
            : base(tenant, planDigest, expires, signer) => Digest = digest;

        /// <summary>The change set's digest.</summary>
        public string Digest { get; }
    }

    /// <summary>Approves change sets to come, as long as they stay within bounds: for continuous migration.</summary>
    public sealed record Standing : ApprovalTerms
    {
        /// <summary>The terms.</summary>
        /// <param name="tenant">See <see cref="Tenant"/>.</param>
        /// <param name="planDigest">See <see cref="PlanDigest"/>.</param>
        /// <param name="kinds">See <see cref="Kinds"/>; in any order.</param>
        /// <param name="usersPerDay">See <see cref="UsersPerDay"/>.</param>
        /// <param name="expires">See <see cref="Expires"/>.</param>
        /// <param name="signer">See <see cref="Signer"/>.</param>
        public Standing(Guid tenant, string planDigest, IEnumerable<string> kinds, int usersPerDay, DateTimeOffset expires, string signer)
            : base(tenant, planDigest, expires, signer)
        {
            Kinds = [.. kinds.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
            UsersPerDay = usersPerDay;
        }

        /// <summary>The kinds of change that it allows, in ordinal order; see <see cref="Changes.Change.Kind"/>.</summary>
        public ImmutableArray<string> Kinds { get; }

        /// <summary>The most users in a day, from 1.</summary>
        public int UsersPerDay { get; }

        /// <inheritdoc/>
        public bool Equals(Standing? other) =>
            other is not null && base.Equals(other) && UsersPerDay == other.UsersPerDay && Kinds.AsSpan().SequenceEqual(other.Kinds.AsSpan());

        /// <inheritdoc/>
        public override int GetHashCode() => HashCode.Combine(base.GetHashCode(), UsersPerDay, Kinds.Length);
    }
}
