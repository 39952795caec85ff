using System.Collections.Immutable;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Privacy;
using MfaPlan.Core.Sources;
using MfaPlan.Core.Tenants;

namespace MfaPlan.Core.Rules;

/// <summary>Where a source record's phones belong in Entra, before Entra's own values are looked at.</summary>
/// <param name="Phones">Numbers by place, in write order; at most one a place.</param>
/// <param name="Findings">What had to be said on the way.</param>
public sealed record WantedPhones(ImmutableArray<WantedPhone> Phones, ImmutableArray<Finding> Findings)
{
    /// <summary>The rule by which a backup becomes the mobile.</summary>
    public const string BackupAlone = "backup phone alone → mobile";

    /// <summary>Reads and places both phones of a record.</summary>
    /// <param name="source">The record.</param>
    /// <param name="mobileThere">Whether Entra has a mobile already, beside which a backup may stand.</param>
    /// <remarks>
    /// The utility's table (Microsoft's migration utility guide): no extension → mobile; extension → office; default Text Message → drop the
    /// extension, mobile. Backup: no extension → alternate mobile; extension → office; both with extensions → skipped. Ours: a backup without
    /// a mobile beside it becomes the mobile, since an alternate mobile needs one.
    /// </remarks>
    public static WantedPhones Of(SourceUser source, bool mobileThere)
    {
        var findings = ImmutableArray.CreateBuilder<Finding>();
        var primary = Read(source.Primary, "primary", findings);
        var backup = Read(source.Backup, "backup", findings);
        var phones = ImmutableArray.CreateBuilder<WantedPhone>();
        var bothExtensions = primary is { HasExtension: true } && backup is { HasExtension: true };

        if (primary is not null)
        {
            if (primary.HasExtension && source.Mode == SourceMode.TextMessage)
            {
                findings.Add(FindingCatalog.ExtensionDropped.Found().With("number", primary));
                primary = WithoutExtension(primary);
            }

            phones.Add(primary.HasExtension
                ? new(PhoneSlot.Office, primary, IsBackup: false, "primary phone with extension → office")
                : new(PhoneSlot.Mobile, primary, IsBackup: false, "primary phone → mobile"));
        }

        if (backup is not null)
        {
            Place(backup, primary, bothExtensions, mobileThere, phones, findings);
        }

        phones.Sort(static (left, right) => left.Slot.CompareTo(right.Slot));
        return new(phones.ToImmutable(), findings.ToImmutable());
    }

    private static void Place(
        PhoneNumber backup,
        PhoneNumber? primary,
        bool bothExtensions,
        bool mobileThere,
        ImmutableArray<WantedPhone>.Builder phones,
        ImmutableArray<Finding>.Builder findings)
    {
        if (bothExtensions)
        {
            findings.Add(FindingCatalog.BackupSkipped.Found().With("number", backup));
        }
        else if (backup.Equals(primary))
        {
            findings.Add(FindingCatalog.SameNumberTwice.Found().With("number", backup).With("slot", SlotName(phones[0].Slot)));
        }
        else if (backup.HasExtension)
        {
            phones.Add(new(PhoneSlot.Office, backup, IsBackup: true, "backup phone with extension → office"));
        }
        else if (phones.Any(static phone => phone.Slot == PhoneSlot.Mobile) || mobileThere)
        {
            phones.Add(new(PhoneSlot.AlternateMobile, backup, IsBackup: true, "backup phone → alternate mobile"));
        }
        else
        {
            findings.Add(FindingCatalog.BackupBecomesMobile.Found().With("number", backup));
            phones.Add(new(PhoneSlot.Mobile, backup, IsBackup: true, BackupAlone));
        }
    }

    private static PhoneNumber? Read(SourcePhone phone, string which, ImmutableArray<Finding>.Builder findings)
    {
        switch (NumberReader.Read(phone))
        {
            case NumberReading.Usable usable:
                if (usable.Repair is { } repair)
                {
                    findings.Add(FindingCatalog.NumberRepaired.Found()
                        .With("which", which).With("from", AsWritten(phone)).With("to", usable.Value).With("repair", repair));
                }

                if (!usable.Assigned)
                {
                    findings.Add(FindingCatalog.NumberUnassigned.Found().With("which", which).With("number", usable.Value));
                }

                return usable.Value;
            case NumberReading.Unreadable unreadable:
                findings.Add(FindingCatalog.NumberUnreadable.Found()
                    .With("which", which).With("number", AsWritten(phone)).With("reason", unreadable.Reason));
                return null;
            default:
                return null;
        }
    }

    private static PhoneNumber AsWritten(SourcePhone phone) =>
        PhoneNumber.From(phone.CountryCode, phone.Number, phone.Extension.Length > 0 ? phone.Extension : null);

    private static PhoneNumber WithoutExtension(PhoneNumber number)
    {
        var text = number.Reveal();
        return new(text[..text.IndexOf('x', StringComparison.Ordinal)]);
    }

    /// <summary>A place's name for people.</summary>
    public static string SlotName(PhoneSlot slot) => slot switch
    {
        PhoneSlot.Mobile => "mobile",
        PhoneSlot.AlternateMobile => "alternate mobile",
        _ => "office",
    };
}
