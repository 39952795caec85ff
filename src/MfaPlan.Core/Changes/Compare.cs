using MfaPlan.Core.Tenants;

namespace MfaPlan.Core.Changes;

/// <summary>Compares a change with what a look saw.</summary>
public static class Compare
{
    /// <summary>How the tenant stands to a change. Where before and after are alike, as after wins.</summary>
    public static Position Of(Change change, Observed<UserMethods> look) => look switch
    {
        Observed<UserMethods>.Seen seen when (seen.Value.Parts & change.Parts) == change.Parts => Of(change, seen.Value),
        _ => Position.Unknown,
    };

    /// <summary>The tenant's data with a change carried out; for forecasts and guards.</summary>
    public static UserMethods With(UserMethods methods, Change change) => change switch
    {
        Change.SetPhone phone => methods.With(phone.Slot, phone.After),
        Change.SetDefaultMethod method => methods with { Default = method.After },
        _ => throw new InvalidOperationException("A change of this kind is not about a user."),
    };

    private static Position Of(Change change, UserMethods seen) => change switch
    {
        Change.SetPhone phone => Of(seen.Phone(phone.Slot), phone.Before, phone.After),
        Change.SetDefaultMethod method => Of(seen.Default, method.Before, method.After),
        _ => Position.Unknown,
    };

    private static Position Of<T>(T seen, T before, T after) =>
        Equals(seen, after) ? Position.AsAfter : Equals(seen, before) ? Position.AsBefore : Position.Other;
}
