using MfaPlan.Core.Gates;
using MfaPlan.Core.Tenants;

namespace MfaPlan.Engine.Ports;

/// <summary>Interactive sign-ins of users of the tenant, live or from an export.</summary>
public interface ISignInLog
{
    /// <summary>Of which span it has every sign-in.</summary>
    /// <param name="now">The later of the machine's and the tenant's time, UTC.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    Task<Observed<SignInCoverage>> CoverAsync(DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>
    /// Reads every sign-in of a span, page by page, in any order; none is held. What was handed over before a read turned out unknown is nothing to go by.
    /// </summary>
    /// <param name="span">The span; sign-ins of other times and other users may be handed over, too.</param>
    /// <param name="users">Of whom they are needed, by object id.</param>
    /// <param name="take">Takes each.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>How many were handed over, or why nothing is known.</returns>
    Task<Observed<long>> ReadAsync(GateWindow span, IReadOnlyCollection<Guid> users, Action<SignInFact> take, CancellationToken cancellationToken);
}
