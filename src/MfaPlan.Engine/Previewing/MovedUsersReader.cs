using System.Collections.Immutable;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Guards;
using MfaPlan.Core.Journals;
using MfaPlan.Core.Plans;
using MfaPlan.Core.Rollbacks;
using MfaPlan.Core.Tenants;
using MfaPlan.Engine.Ports;

namespace MfaPlan.Engine.Previewing;

/// <summary>Reads whom the stages that stand have moved. What cannot be read becomes a problem, never nobody.</summary>
/// <param name="tenant">The tenant.</param>
internal sealed class MovedUsersReader(ITenantReader tenant) : TenantFinder(tenant)
{
    /// <summary>Reads them; once a reader. Somebody may have moved users back by hand since, so the journal alone does not say.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="ledger">The journal folded.</param>
    /// <param name="above">The runs of later stages that stand.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<(MovedUsers Moved, ImmutableArray<GuardResult> Problems)> ReadAsync(
        Plan plan, Ledger ledger, ImmutableArray<RunRecord> above, CancellationToken cancellationToken)
    {
        var users = ImmutableHashSet.CreateBuilder<Guid>();
        foreach (var stage in above.Select(static run => StageId.Parse(run.Stage)).Where(static stage => stage.WaveName is not null).Distinct())
        {
            if (plan.Rollout?.Waves.FirstOrDefault(wave => wave.Name == stage.WaveName) is not { } wave)
            {
                Refuse(RoutingFirst.LaterStage,
                    $"The wave {stage.WaveName} stands, and the plan has it no more, so nobody knows whom it moved. Put the wave back into the plan, then roll back.");
                continue;
            }

            foreach (var name in wave.Into)
            {
                if (await FindGroupAsync(name, $"into of the wave {wave.Name}", cancellationToken) is { } group
                    && Known(await Tenant.ReadGroupContentAsync(group.Id, cancellationToken), $"The members of the group {name}", Denial.Groups) is { } content)
                {
                    users.UnionWith(content.Users);
                }
            }
        }

        var domains = ImmutableArray.CreateBuilder<string>();
        foreach (var domain in ledger.SwitchedDomains.Where(domain => above.Any(run => run.Id == domain.Run)))
        {
            var seen = await Tenant.ReadFederationAsync(domain.Name, cancellationToken);

            // One without a federation by now is managed: the cloud does its users' MFA all the more.
            if (seen is not Observed<FederationSettings?>.Seen { Value: { MfaBehavior: not FederationSettings.Reject } })
            {
                domains.Add(domain.Name);
            }

            _ = Known(seen, $"The federation of {domain.Name}", Denial.Federation);
        }

        return (new MovedUsers(users.ToImmutable(), domains.ToImmutable()), Problems());
    }
}
