using System.Collections.Immutable;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Guards;
using MfaPlan.Core.Rules;
using MfaPlan.Core.Sources;
using MfaPlan.Core.Tenants;

namespace MfaPlan.Core.Planning;

/// <summary>Counts, as units pass, the users whose changes need a kind of method that the policy does not let them use.</summary>
/// <param name="seen">The policy as it is.</param>
/// <param name="after">The policy after the prepare stage; the same where that has nothing to do.</param>
public sealed class NeedsBuilder(MethodsPolicy seen, MethodsPolicy after)
{
    private readonly SortedDictionary<MethodKind, (long Waiting, long Unmet, long LeftWithout)> _needs = [];

    /// <summary>Counts a user's unit, which was planned under the policy after the prepare stage.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="mode">How the user answered MFA Server; null where no record was matched.</param>
    public void Add(Unit unit, SourceMode? mode)
    {
        var user = unit.Id.User;
        var needed = unit.Changes.Select(change => Need(change, mode, user)).OfType<MethodKind>().ToHashSet();
        if (unit.Findings.Any(static finding => finding.Code == FindingCatalog.TokenNotAllowed.Code))
        {
            needed.Add(MethodKind.HardwareOath);
        }

        foreach (var kind in needed)
        {
            var (waiting, unmet, leftWithout) = _needs.GetValueOrDefault(kind);
            _needs[kind] = after.Allows(kind, user)
                ? (waiting + 1, unmet, leftWithout)
                : (waiting, unmet + 1, leftWithout + (unit is { Changes.IsEmpty: false, Usability.After: false } ? 1 : 0));
        }
    }

    /// <summary>The counts so far, in order of kind.</summary>
    public ImmutableArray<MethodNeed> Build() =>
        [.. _needs.Select(static need => new MethodNeed(need.Key, need.Value.Waiting, need.Value.Unmet, need.Value.LeftWithout))];

    /// <summary>The kind that a change needs and that is not allowed today; null where what it brings can be used, or needs none.</summary>
    private MethodKind? Need(Change change, SourceMode? mode, Guid user) => change switch
    {
        Change.SetPhone { Slot: PhoneSlot.Mobile, After: not null } => Any(seen, user) ? null : Mobile(mode, user),
        Change.SetPhone { After: not null } when !seen.Allows(MethodKind.Voice, user) => MethodKind.Voice,
        Change.OfToken { After: true } when !seen.Allows(MethodKind.HardwareOath, user) => MethodKind.HardwareOath,
        _ => null,
    };

    /// <summary>Calls for who was called, else text messages; the other where only that will be allowed.</summary>
    private MethodKind Mobile(SourceMode? mode, Guid user)
    {
        var (first, second) = mode == SourceMode.PhoneCall ? (MethodKind.Voice, MethodKind.Sms) : (MethodKind.Sms, MethodKind.Voice);
        return !after.Allows(first, user) && after.Allows(second, user) ? second : first;
    }

    private static bool Any(MethodsPolicy policy, Guid user) => policy.Allows(MethodKind.Sms, user) || policy.Allows(MethodKind.Voice, user);
}
