using System.Collections.Immutable;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Plans;

namespace MfaPlan.Core.Rules;

/// <summary>What <c>migrate.include</c> says of accounts of a kind, for migration and waves alike.</summary>
internal static class AccountRules
{
    /// <summary>Whether the account is left out; if so, or if it is included on purpose, the finding says how.</summary>
    public static bool Judge(Inclusion inclusion, bool applies, FindingKind kind, ImmutableArray<Finding>.Builder? findings)
    {
        if (!applies)
        {
            return false;
        }

        findings?.Add(kind.Found().With("how", inclusion switch
        {
            Inclusion.Include => "migrated all the same",
            Inclusion.List => "listed and left as it is",
            Inclusion.Skip => "left as it is",
            _ => "refused",
        }));
        return inclusion != Inclusion.Include;
    }
}
