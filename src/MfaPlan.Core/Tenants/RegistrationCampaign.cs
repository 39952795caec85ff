using System.Collections.Immutable;

namespace MfaPlan.Core.Tenants;

/// <summary>
/// The registration campaign of the authentication methods policy: whom the service asks, after a sign-in with MFA, to register a method. The
/// order of its targets means nothing.
/// </summary>
/// <param name="State">Whether it runs.</param>
/// <param name="SnoozeDays">How many days a user may put it off, 0 to 14; null when the service does not say.</param>
/// <param name="Include">Whom it asks, and for which method.</param>
/// <param name="Exclude">Whom it does not ask, whatever the includes say.</param>
/// <seealso href="https://learn.microsoft.com/graph/api/resources/authenticationmethodsregistrationcampaign"/>
public sealed record RegistrationCampaign(
    CampaignState State, int? SnoozeDays, ImmutableArray<MethodTarget> Include, ImmutableArray<MethodTarget> Exclude)
{
    /// <summary>The method that a campaign asks for, as the service writes it in <see cref="MethodTarget.Asks"/>.</summary>
    public const string Authenticator = "microsoftAuthenticator";

    /// <summary>
    /// All else that the service said of the campaign, as the text of the JSON object registrationEnforcement without what is understood of it;
    /// null when nothing. Not read, but written back, so that whether a write merges or replaces the object does not matter.
    /// </summary>
    public string? Others { get; init; }

    /// <inheritdoc/>
    public bool Equals(RegistrationCampaign? other) =>
        other is not null && State == other.State && SnoozeDays == other.SnoozeDays && Others == other.Others
        && MethodTargets.Same(Include, other.Include) && MethodTargets.Same(Exclude, other.Exclude);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(State, SnoozeDays, Include.Length, Exclude.Length);

    /// <summary>Whether both say the same, leaving aside what is not understood: the service adds defaults to what was written.</summary>
    public bool IsLike(RegistrationCampaign other) => Plain(this).Equals(Plain(other));

    private static RegistrationCampaign Plain(RegistrationCampaign full) => full with
    {
        Include = MethodTargets.Plain(full.Include),
        Exclude = MethodTargets.Plain(full.Exclude),
        Others = null,
    };
}
