namespace MfaPlan.Core.Plans;

/// <summary>What a rollback does with a domain whose federatedIdpMfaBehavior was never set before the cut-over.</summary>
/// <seealso href="https://learn.microsoft.com/graph/api/internaldomainfederation-update"/>
public enum NeverSet
{
    /// <summary>It refuses: what was set cannot be unset again.</summary>
    Refuse = 0,

    /// <summary>It sets acceptIfMfaDoneByFederatedIdp, which the service documents as what counts where nothing is set; SupportsMfa is ignored from then on.</summary>
    Accept = 1,
}
