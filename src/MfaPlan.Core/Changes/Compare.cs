using MfaPlan.Core.Tenants;

namespace MfaPlan.Core.Changes;

/// <summary>Compares a change with what a look saw.</summary>
public static class Compare
{
    /// <summary>How the tenant stands to a change. Where before and after are alike, as after wins.</summary>
    public static Position Of(Change change, Observed<Look> look) => (change, look) switch
    {
        (_, Observed<Look>.Seen { Value: Look.OfUser user }) => Of(change, user.Methods),
        (Change.AllowMethod allow, Observed<Look>.Seen { Value: Look.OfPolicy policy }) =>
            Of(allow, policy.Of(allow.Method)),
        (Change.SetCampaign campaign, Observed<Look>.Seen { Value: Look.OfPolicy { Campaign: { } seen } }) => Of(campaign, seen),
        (Change.CreateRollout or Change.EnableRollout or Change.AttachGroup, Observed<Look>.Seen { Value: Look.OfRollout rollout }) =>
            Of(change, rollout.Policy),
        (Change.RouteUser route, Observed<Look>.Seen { Value: Look.OfMembership member }) => Keyed(member.Groups.Contains(route.Group), route.After),
        (Change.SetFederatedMfa set, Observed<Look>.Seen { Value: Look.OfFederation domain }) => Of(set, domain.Federation),
        _ => Position.Unknown,
    };

    /// <summary>How a user stands to a change.</summary>
    public static Position Of(Change change, Observed<UserMethods> look) =>
        look is Observed<UserMethods>.Seen seen ? Of(change, seen.Value) : Position.Unknown;

    /// <summary>The tenant's data with a change carried out; for forecasts and guards.</summary>
    public static UserMethods With(UserMethods methods, Change change) => change switch
    {
        Change.SetPhone phone => methods.With(phone.Slot, phone.After),
        Change.SetDefaultMethod method => methods with { Default = method.After },
        Change.OfToken step => With(methods, step),
        _ => throw new InvalidOperationException("A change of this kind is not about a user."),
    };

    private static UserMethods With(UserMethods methods, Change.OfToken step)
    {
        var serial = step.Token.Serial;
        var token = methods.Token(serial) ?? new HardwareToken(serial, serial, TokenHolder.Nobody, Activated: false, InInventory: false);
        return methods.With(serial, step switch
        {
            Change.CreateToken { After: true } => token with { InInventory = true },
            Change.CreateToken => null,
            Change.AssignToken => token with { Holder = step.After ? TokenHolder.User : TokenHolder.Nobody, Activated = false },
            _ => token with { Activated = step.After },
        });
    }

    private static Position Of(Change change, UserMethods seen) => change switch
    {
        _ when (seen.Parts & change.Parts) != change.Parts => Position.Unknown,
        Change.SetPhone phone => Of(seen.Phone(phone.Slot), phone.Before, phone.After),
        Change.SetDefaultMethod method => Of(seen.Default, method.Before, method.After),
        Change.OfToken step => Of(step, seen.Token(step.Token.Serial)),
        _ => Position.Unknown,
    };

    /// <summary>
    /// In place is judged without what the service adds to a target of ours; before is judged with it, since what somebody set there meanwhile
    /// would be written over.
    /// </summary>
    private static Position Of(Change.AllowMethod change, MethodConfiguration seen) =>
        seen.IsLike(change.After) ? Position.AsAfter : seen.Equals(change.Before) ? Position.AsBefore : Position.Other;

    /// <summary>As of a configuration.</summary>
    private static Position Of(Change.SetCampaign change, RegistrationCampaign seen) =>
        seen.IsLike(change.After) ? Position.AsAfter : seen.Equals(change.Before) ? Position.AsBefore : Position.Other;

    /// <summary>
    /// A token that somebody else holds is no business of this user's unit. One that is in the user's list and not in the inventory was
    /// uploaded in the portal: a second one beside it would stand there twice.
    /// </summary>
    private static Position Of(Change.OfToken step, HardwareToken? seen)
    {
        if (seen is { Holder: TokenHolder.Other } or { InInventory: false })
        {
            return Position.Other;
        }

        var there = step switch
        {
            Change.CreateToken => seen is not null,
            Change.AssignToken => seen is { Holder: TokenHolder.User },
            _ => seen is { Holder: TokenHolder.User, Activated: true },
        };
        return Keyed(there, step.After);
    }

    /// <summary>Where the policy itself is gone, nothing about it can be sent.</summary>
    private static Position Of(Change change, RolloutPolicy? seen) => change switch
    {
        Change.CreateRollout => Keyed(seen is not null, after: true),
        Change.EnableRollout enable => seen is null ? Position.Other : Keyed(seen.Enabled, enable.After),
        Change.AttachGroup attach => Keyed(seen is not null && seen.Groups.Contains(attach.Group), attach.After),
        _ => Position.Unknown,
    };

    /// <summary>The rest of the federation is no part of it: whoever changes a certificate meanwhile has not moved the behaviour.</summary>
    private static Position Of(Change.SetFederatedMfa change, FederationSettings? seen) =>
        seen is null || seen.Id != change.Before.Id ? Position.Other : Of(seen.MfaBehavior, change.Before.MfaBehavior, change.After);

    private static Position Keyed(bool there, bool after) => there == after ? Position.AsAfter : Position.AsBefore;

    private static Position Of<T>(T seen, T before, T after) =>
        Equals(seen, after) ? Position.AsAfter : Equals(seen, before) ? Position.AsBefore : Position.Other;
}
