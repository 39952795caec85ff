using System.Collections.Immutable;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Plans;
using MfaPlan.Core.Sources;
using MfaPlan.Core.Tenants;

namespace MfaPlan.Core.Rules;

/// <summary>The phones of a source record beside those of Entra: which changes follow, and what is said of the rest.</summary>
public static class PhoneRule
{
    private static readonly ImmutableArray<PhoneSlot> Slots = [.. Enum.GetValues<PhoneSlot>()];

    /// <summary>Decides the phone changes of a user.</summary>
    /// <param name="migrate">What the plan says of existing values.</param>
    /// <param name="source">The matched record.</param>
    /// <param name="seen">The user's phones in Entra.</param>
    /// <param name="asOf">The day of the source's data, for people.</param>
    /// <param name="own">What we wrote last: what somebody set or took away since is left, whatever the plan says of existing values.</param>
    /// <returns>Changes in write order, findings in order of the rules, and where the first phone belongs.</returns>
    public static (ImmutableArray<Change> Changes, ImmutableArray<Finding> Findings, PhoneSlot? Primary) Decide(
        Migrate migrate, SourceUser source, UserMethods seen, string asOf, OwnWrites own)
    {
        var wanted = WantedPhones.Of(source, seen.Mobile is not null);
        var changes = ImmutableArray.CreateBuilder<Change>();
        var findings = wanted.Findings.ToBuilder();
        foreach (var phone in wanted.Phones)
        {
            var there = seen.Phone(phone.Slot);
            if (phone.Number.Equals(there))
            {
                continue;
            }

            if (own.ChangedSince(phone.Slot, seen))
            {
                findings.Add(FindingCatalog.ChangedSince.Found().With("change", Change.IdOf(phone.Slot)));
                continue;
            }

            if (Elsewhere(phone, seen, wanted.Phones) is { } elsewhere)
            {
                findings.Add(FindingCatalog.SameNumberTwice.Found()
                    .With("number", phone.Number).With("slot", WantedPhones.SlotName(elsewhere)));
                continue;
            }

            var existing = phone.IsBackup ? migrate.BackupPhone.Existing : migrate.Phone.Existing;
            if (there is not null)
            {
                var kind = existing == ExistingValue.Replace ? FindingCatalog.ValueReplaced : FindingCatalog.ValueKept;
                findings.Add(kind.Found().With("slot", WantedPhones.SlotName(phone.Slot))
                    .With("entra", there).With("asOf", asOf).With("source", phone.Number));
                if (existing != ExistingValue.Replace)
                {
                    continue;
                }
            }

            changes.Add(new Change.SetPhone(phone.Slot, there, phone.Number, phone.Rule));
        }

        PhoneSlot? primary = null;
        foreach (var phone in wanted.Phones)
        {
            primary = phone.IsBackup ? primary : phone.Slot;
        }

        return (changes.ToImmutable(), findings.ToImmutable(), primary);
    }

    /// <summary>Another place of the user that holds the number already and is not about to lose it.</summary>
    private static PhoneSlot? Elsewhere(WantedPhone phone, UserMethods seen, ImmutableArray<WantedPhone> wanted)
    {
        foreach (var slot in Slots)
        {
            if (slot != phone.Slot && phone.Number.Equals(seen.Phone(slot)) && !wanted.Any(other => other.Slot == slot))
            {
                return slot;
            }
        }

        return null;
    }
}
