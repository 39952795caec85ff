using MfaPlan.Core.Changes;
using MfaPlan.Core.Journals;
using MfaPlan.Core.Sealing;
using MfaPlan.Core.Tenants;

namespace MfaPlan.Core.Rules;

/// <summary>What we wrote last to one user, beside what is there now. A value that somebody set since is theirs and stays.</summary>
/// <param name="Key">The key of the fingerprints; null where nothing was ever written.</param>
/// <param name="Unit">The user's unit.</param>
/// <param name="Values">The fingerprints.</param>
public readonly record struct OwnWrites(ValueKey? Key, UnitId Unit, WrittenValues Values)
{
    /// <summary>Whether a phone place has another number than we wrote, or none.</summary>
    public bool ChangedSince(PhoneSlot slot, UserMethods seen) =>
        Key is { } key && !Values.IsEmpty && Values.ChangedSince(key, Unit, Change.IdOf(slot), seen.Phone(slot)?.Canonical());

    /// <summary>Whether the default method is another than we wrote.</summary>
    public bool DefaultChangedSince(UserMethods seen) =>
        Key is { } key && !Values.IsEmpty && Values.ChangedSince(key, Unit, Change.DefaultMethodId, seen.Default?.Word);
}
