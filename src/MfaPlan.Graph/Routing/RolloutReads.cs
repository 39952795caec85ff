using MfaPlan.Core.Tenants;
using MfaPlan.Graph.Http;
using MfaPlan.Graph.Wire;

namespace MfaPlan.Graph.Routing;

/// <summary>
/// Reads the staged rollout of cloud MFA. It is found by its feature, whatever its name, on v1.0 only: beta's enumeration lacks it, and without
/// the preference for unknown words it shows as <c>unknownFutureValue</c>.
/// </summary>
/// <seealso href="https://learn.microsoft.com/graph/api/featurerolloutpolicy-get"/>
internal sealed class RolloutReads(GraphConnection graph)
{
    /// <summary>The feature.</summary>
    public const string Feature = "multiFactorAuthentication";

    /// <summary>The collection's path.</summary>
    public const string Path = "/v1.0/policies/featureRolloutPolicies";

    private const string Hidden = "unknownFutureValue";

    /// <summary>The policy with its groups; null where there is none.</summary>
    /// <exception cref="ReadFailedException">
    /// It could not be read, there are several, or one of a feature that the service does not name might be it.
    /// </exception>
    public async Task<RolloutPolicy?> ReadAsync(CancellationToken cancellationToken)
    {
        var found = new List<RolloutRow>();
        var trail = graph.NewTrail();
        for (var address = graph.At(Path); address is not null;)
        {
            var page = await graph.GetAsync(address, GraphJson.Default.RolloutPage, cancellationToken, wholeEnums: true);
            found.AddRange(page.Value.Where(static row => row.Feature is Feature or Hidden));
            address = trail.Follow(page.NextLink);
        }

        if (found.Exists(static row => row.Feature == Hidden))
        {
            throw new ReadFailedException("RolloutFeatureHidden", 0);
        }

        return found.Count switch
        {
            0 => null,
            1 => Of(await graph.GetAsync(
                graph.At($"{Path}/{Uri.EscapeDataString(found[0].Id)}?$expand=appliesTo"), GraphJson.Default.RolloutRow, cancellationToken,
                wholeEnums: true)),
            _ => throw new ReadFailedException("SeveralRolloutPolicies", 0),
        };
    }

    private static RolloutPolicy Of(RolloutRow row) => row is { IsEnabled: { } enabled, AppliesTo: { } groups }
        ? new RolloutPolicy(
            row.Id, row.DisplayName ?? "", enabled, row.IsAppliedToOrganization ?? false,
            [.. groups.Select(static group => group.Id).Distinct().Order()])
        : throw new ReadFailedException("RolloutPropertiesHidden", 0);
}
