using System.Collections.Immutable;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Rules;

namespace MfaPlan.Core.Notices;

/// <summary>Which outcomes a user's unit has.</summary>
public static class NoticeRule
{
    /// <summary>Each outcome alone, in the order in which users are told.</summary>
    public static ImmutableArray<NoticeOutcomes> InOrder { get; } =
        [NoticeOutcomes.MustRegister, NoticeOutcomes.PhoneOnly, NoticeOutcomes.NewNumber, NoticeOutcomes.DefaultChanges, NoticeOutcomes.Keeps];

    /// <summary>The word for an outcome, in names of files.</summary>
    public static string WordOf(NoticeOutcomes outcome) => outcome switch
    {
        NoticeOutcomes.Keeps => "keeps",
        NoticeOutcomes.MustRegister => "mustRegister",
        NoticeOutcomes.DefaultChanges => "defaultChanges",
        NoticeOutcomes.NewNumber => "newNumber",
        _ => "phoneOnly",
    };

    /// <summary>The outcomes of a user; none where the unit judged nothing: left out, not read, or not looked at again.</summary>
    public static NoticeOutcomes Of(Unit unit)
    {
        ArgumentNullException.ThrowIfNull(unit);
        if (unit.Unknown is not null || unit.Usability is not { } usability || IsUnchanged(unit))
        {
            return NoticeOutcomes.None;
        }

        var outcomes = NoticeOutcomes.None;
        outcomes |= !usability.After || Has(unit, FindingCatalog.MustRegisterAgain, FindingCatalog.DevicesAgain, FindingCatalog.NoMethod)
            ? NoticeOutcomes.MustRegister
            : NoticeOutcomes.None;
        outcomes |= Has(unit, FindingCatalog.PhoneOnly) ? NoticeOutcomes.PhoneOnly : NoticeOutcomes.None;
        outcomes |= unit.Changes.Any(static change => change is Change.SetPhone { IsEmpty: false, After: not null })
            ? NoticeOutcomes.NewNumber
            : NoticeOutcomes.None;
        outcomes |= unit.Changes.Any(static change => change is Change.SetDefaultMethod { IsEmpty: false, Before: not null })
            || Has(unit, FindingCatalog.DefaultSubstituted, FindingCatalog.TwoWayText, FindingCatalog.PinLost)
                ? NoticeOutcomes.DefaultChanges
                : NoticeOutcomes.None;
        return outcomes == NoticeOutcomes.None ? NoticeOutcomes.Keeps : outcomes;
    }

    /// <summary>Whether the user was not looked at, since nothing changed in the source since the last migration.</summary>
    public static bool IsUnchanged(Unit unit) => Has(unit, FindingCatalog.Unchanged);

    private static bool Has(Unit unit, params ReadOnlySpan<FindingKind> kinds)
    {
        foreach (var finding in unit.Findings)
        {
            foreach (var kind in kinds)
            {
                if (finding.Code == kind.Code)
                {
                    return true;
                }
            }
        }

        return false;
    }
}
