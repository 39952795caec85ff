using System.Collections.Immutable;
using MfaPlan.Core.Approvals;

namespace MfaPlan.Core.Tests.Approvals;

/// <summary>A demand and an approval that meets it, to be varied.</summary>
internal static class Cases
{
    public static readonly DateTimeOffset Now = new(2026, 8, 1, 9, 0, 0, TimeSpan.Zero);
    public static readonly Guid Tenant = new("11111111-2222-4333-8444-555555555555");
    public static readonly string Plan = new('a', 64);
    public static readonly string Digest = new('d', 64);

    public static ApprovalDemand.ForChangeSet Demand { get; } = new(Tenant, Plan, Signers: 1, Author: null, Digest, TimeSpan.FromHours(72));

    public static ApprovalDemand.Standing StandingDemand { get; } =
        new(Tenant, Plan, Signers: 1, Author: null, ["phone.mobile"], UsersToday: 100, Now.AddDays(100));

    public static ApprovalTerms.ForChangeSet Terms { get; } = new(Tenant, Plan, Digest, Now.AddHours(72), "erin@contoso.com");

    public static ApprovalTerms.Standing StandingTerms { get; } =
        new(Tenant, Plan, ["phone.mobile", "phone.office"], usersPerDay: 500, Now.AddDays(30), "erin@contoso.com");

    /// <summary>An approval whose signature holds, for the signer that its terms name.</summary>
    public static SignedApproval.Checked Signed(ApprovalTerms? terms = null, string key = "SHA256:erin", string name = "one") =>
        new(name, terms ?? Terms, key, new SignatureCheck.Good([(terms ?? Terms).Signer], [(terms ?? Terms).Signer]));

    public static ImmutableArray<SignedApproval> Of(params SignedApproval[] approvals) => [.. approvals];
}
