using System.Collections.Immutable;
using System.Globalization;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Plans;
using MfaPlan.Core.Tenants;

namespace MfaPlan.Core.Rules;

/// <summary>What is said to whom the app cannot be brought over: until when it must be registered again, and whether the campaign will ask.</summary>
public static class ReRegisterRule
{
    /// <summary>The findings of one user of the cohort.</summary>
    /// <param name="plan">What the plan asks of the cohort; null for nothing.</param>
    /// <param name="user">Object id.</param>
    /// <param name="policy">The policy after the prepare stage.</param>
    public static ImmutableArray<Finding> Say(ReRegister? plan, Guid user, MethodsPolicy policy)
    {
        var whyNot = plan?.Campaign is { } campaign ? WhyNotAsked(campaign, user, policy) : null;
        var found = FindingCatalog.MustRegisterAgain.Found()
            .With("until", plan?.Deadline is { } day ? string.Create(CultureInfo.InvariantCulture, $" by {day:yyyy-MM-dd}") : "")
            .With("asked", plan?.Campaign is not null && whyNot is null ? "; the registration campaign asks for it" : "");
        return whyNot is null ? [found] : [found, FindingCatalog.NeverAsked.Found().With("why", whyNot)];
    }

    private static string? WhyNotAsked(Campaign campaign, Guid user, MethodsPolicy policy) => policy switch
    {
        { Campaign: not { State: CampaignState.Enabled } } => "it is not switched on",
        _ when policy.CampaignExcludes(user) => "it excludes the user",
        _ when !policy.CampaignAsks(user) && policy.CampaignNames(user) => "it asks the user for another method",
        _ when !policy.CampaignAsks(user) => $"the user is not in {campaign.Group}",
        _ when !policy.Allows(MethodKind.Authenticator, user) => "the policy does not let the user have Microsoft Authenticator",
        _ => null,
    };
}
