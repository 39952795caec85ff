using System.Collections.Immutable;
using MfaPlan.Core.CutOvers;
using MfaPlan.Core.Privacy;

namespace MfaPlan.Core.Rollbacks;

/// <summary>Whom the stages that stand have moved to the cloud's MFA, as the tenant is now; these users answer with the methods they have in Entra.</summary>
/// <param name="ByWaves">Members of the groups that the waves that stand fill.</param>
/// <param name="Domains">Domains whose federation sends nobody to the identity provider for MFA any more.</param>
public sealed record MovedUsers(ImmutableHashSet<Guid> ByWaves, ImmutableArray<string> Domains)
{
    /// <summary>Nobody.</summary>
    public static MovedUsers None { get; } = new([], []);

    /// <summary>Whether anybody is moved; a switched domain is taken to have users.</summary>
    public bool HasAny => !ByWaves.IsEmpty || !Domains.IsEmpty;

    /// <summary>Whether a user is moved. One whose name is not known may be of a switched domain, and counts.</summary>
    /// <param name="id">Object id.</param>
    /// <param name="name">The user principal name; null where it is not known.</param>
    public bool Has(Guid id, PersonalName? name)
    {
        if (ByWaves.Contains(id))
        {
            return true;
        }

        if (Domains.IsEmpty || name is not { } known)
        {
            return !Domains.IsEmpty;
        }

        var domain = known.Domain;
        return Domains.Any(root => RoutedDomains.IsWithin(domain, root));
    }
}
