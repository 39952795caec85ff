namespace MfaPlan.Core.Planning;

/// <summary><c>reRegister.campaign</c>, its group found in the tenant.</summary>
/// <param name="Group">Whom the registration campaign is to ask.</param>
/// <param name="SnoozeDays">How many days a user may put it off, 0 to 14.</param>
public sealed record WantedCampaign(EnsuredGroup Group, int SnoozeDays)
{
    /// <summary>Where the plan says it.</summary>
    public const string Rule = "reRegister.campaign";
}
