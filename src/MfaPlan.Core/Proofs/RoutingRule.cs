using System.Collections.Immutable;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Plans;
using MfaPlan.Core.Tenants;

namespace MfaPlan.Core.Proofs;

/// <summary>Who is never moved to Entra MFA by a wave: emergency accounts, protected ones, and kinds of account that the plan does not include.</summary>
/// <param name="include">migrate.include.</param>
/// <param name="breakGlass">protect.breakGlass.</param>
/// <param name="neverRoute">The groups of protect.neverRoute with their members.</param>
/// <param name="administrators">Everybody who is or may become an administrator.</param>
public sealed class RoutingRule(
    Include include,
    ImmutableHashSet<Guid> breakGlass,
    ImmutableArray<(string Group, ImmutableHashSet<Guid> Members)> neverRoute,
    ImmutableHashSet<Guid> administrators)
{
    /// <summary>Why an account is left out, MFP3138; null where it may be moved.</summary>
    public Finding? LeftOut(DirectoryUser user)
    {
        var why = breakGlass.Contains(user.Id) ? "it is named in protect.breakGlass"
            : neverRoute.FirstOrDefault(group => group.Members.Contains(user.Id)) is { Group: { } name } ? $"it is in {name}, named in protect.neverRoute"
            : administrators.Contains(user.Id) && include.Admins != Inclusion.Include ? "it holds or may take an administrator role (migrate.include.admins)"
            : user.Guest && include.Guests != Inclusion.Include ? "it is a guest (migrate.include.guests)"
            : !user.Enabled && include.EntraDisabled != Inclusion.Include ? "it is disabled in Entra (migrate.include.entraDisabled)"
            : null;
        return why is null ? null : ProofFindings.LeftOut.Found().With("why", why);
    }
}
