namespace MfaPlan.Core.Tenants;

/// <summary>Whether a registration campaign runs.</summary>
public enum CampaignState
{
    /// <summary>default: Microsoft decides. Whom it asks then is not documented, so nothing is concluded.</summary>
    MicrosoftManaged = 0,

    /// <summary>enabled.</summary>
    Enabled = 1,

    /// <summary>disabled.</summary>
    Disabled = 2,
}
