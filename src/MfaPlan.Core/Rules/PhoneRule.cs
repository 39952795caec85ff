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
    /// <returns>Changes in write order, findings in order of the rules, and the place of the first phone: where it goes, or where Entra has it.</returns>
    public static (ImmutableArray<Change> Changes, ImmutableArray<Finding> Findings, PhoneSlot? Primary) Decide(
        Migrate migrate, SourceUser source, UserMethods seen, string asOf, OwnWrites own)
    {
        var wanted = WantedPhones.Of(source, seen.Mobile is not null);
        var changes = ImmutableArray.CreateBuilder<Change>();
        var findings = wanted.Findings.ToBuilder();
        var written = Written(wanted.Phones, migrate, seen, own);
        PhoneSlot? primary = null;
        foreach (var phone in wanted.Phones)
        {
            var there = seen.Phone(phone.Slot);
            var inPlace = phone.Number.Equals(there);
            var elsewhere = inPlace ? null : Elsewhere(phone, seen, written);
            primary = phone.IsBackup ? primary : elsewhere ?? phone.Slot;
            if (inPlace)
            {
                continue;
            }

            if (ChangedSince(phone, own, seen, written) is { } changed)
            {
                var finding = FindingCatalog.ChangedSince.Found().With("change", Change.IdOf(changed));
                if (!findings.Contains(finding))
                {
                    findings.Add(finding);
                }

                continue;
            }

            if (elsewhere is { } other)
            {
                findings.Add(FindingCatalog.SameNumberTwice.Found()
                    .With("number", phone.Number).With("slot", WantedPhones.SlotName(other)));
                continue;
            }

            if (there is not null)
            {
                var kind = MayReplace(phone, migrate) ? FindingCatalog.ValueReplaced : FindingCatalog.ValueKept;
                findings.Add(kind.Found().With("slot", WantedPhones.SlotName(phone.Slot))
                    .With("entra", there).With("asOf", asOf).With("source", phone.Number));
            }

            if (written.Contains(phone))
            {
                changes.Add(Set(phone, seen, written, findings));
            }
        }

        return (changes.ToImmutable(), findings.ToImmutable(), primary);
    }

    /// <summary>
    /// The phones that go to Entra. A number that another place keeps is not written a second time; and where it is not, its own place keeps
    /// what it has, which may again be a number that was wanted elsewhere.
    /// </summary>
    private static List<WantedPhone> Written(ImmutableArray<WantedPhone> wanted, Migrate migrate, UserMethods seen, OwnWrites own)
    {
        var written = wanted
            .Where(phone => !own.ChangedSince(phone.Slot, seen))
            .Where(phone => seen.Phone(phone.Slot) is not { } there || (!phone.Number.Equals(there) && MayReplace(phone, migrate)))
            .ToList();
        while (written.Find(phone => Elsewhere(phone, seen, written) is not null) is { } twice)
        {
            written.Remove(twice);
        }

        return written;
    }

    private static bool MayReplace(WantedPhone phone, Migrate migrate) =>
        (phone.IsBackup ? migrate.BackupPhone.Existing : migrate.Phone.Existing) == ExistingValue.Replace;

    /// <summary>Another place of the user that holds the number already and is not about to lose it.</summary>
    private static PhoneSlot? Elsewhere(WantedPhone phone, UserMethods seen, List<WantedPhone> written)
    {
        foreach (var slot in Slots)
        {
            if (slot != phone.Slot && phone.Number.Equals(seen.Phone(slot)) && !written.Exists(other => other.Slot == slot))
            {
                return slot;
            }
        }

        return null;
    }

    private static Change.SetPhone Set(
        WantedPhone phone, UserMethods seen, List<WantedPhone> written, ImmutableArray<Finding>.Builder findings)
    {
        if (PlaceOf(phone, seen, written) == phone.Slot)
        {
            return new Change.SetPhone(phone.Slot, seen.Phone(phone.Slot), phone.Number, phone.Rule);
        }

        findings.Add(FindingCatalog.BackupBecomesMobile.Found().With("number", phone.Number));
        return new Change.SetPhone(PhoneSlot.Mobile, Before: null, phone.Number, WantedPhones.BackupAlone);
    }

    /// <summary>
    /// The place that somebody changed since our write and that a phone must therefore not go to: its own, or the mobile that it would become.
    /// </summary>
    private static PhoneSlot? ChangedSince(WantedPhone phone, OwnWrites own, UserMethods seen, List<WantedPhone> written)
    {
        var place = PlaceOf(phone, seen, written);
        return own.ChangedSince(phone.Slot, seen) ? phone.Slot
            : own.ChangedSince(place, seen) ? place
            : null;
    }

    /// <summary>Where a phone goes: an alternate number needs a mobile beside it, and where there is none it becomes the mobile.</summary>
    private static PhoneSlot PlaceOf(WantedPhone phone, UserMethods seen, List<WantedPhone> written) =>
        phone.Slot != PhoneSlot.AlternateMobile || seen.Mobile is not null || written.Exists(static other => other.Slot == PhoneSlot.Mobile)
            ? phone.Slot
            : PhoneSlot.Mobile;
}
