using System.Collections.Immutable;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Planning;
using MfaPlan.Core.Tenants;

namespace MfaPlan.Engine.Previewing;

/// <summary>
/// The policy as it is and as it will be when users are written, which is after the prepare stage. Every preview of users, of all or of one,
/// plans by <see cref="After"/>.
/// </summary>
/// <param name="Seen">The policy as it is.</param>
/// <param name="Unit">What the prepare stage does to it.</param>
/// <param name="After">The policy with that done.</param>
public sealed record PreparedPolicy(MethodsPolicy Seen, Unit Unit, MethodsPolicy After)
{
    /// <summary>Whether the prepare stage has changes, so that what is said of users is a forecast.</summary>
    public bool IsPending => !Unit.Changes.IsEmpty;

    /// <summary>Plans the prepare stage.</summary>
    /// <param name="seen">The policy as it is.</param>
    /// <param name="ensured">What the plan asks for, in order of kind.</param>
    /// <param name="campaign">The registration campaign that the plan asks for; null for none.</param>
    public static PreparedPolicy Of(MethodsPolicy seen, ImmutableArray<EnsuredMethod> ensured, WantedCampaign? campaign)
    {
        var unit = PolicyPlanner.Forward(ensured, seen, campaign);
        return new PreparedPolicy(seen, unit, PolicyPlanner.After(seen, unit, ensured, campaign));
    }
}
