using System.Text.Json.Nodes;
using MfaPlan.Core.Changes;
using MfaPlan.Graph.Http;
using MfaPlan.Graph.Wire;

namespace MfaPlan.Graph.Routing;

/// <summary>The requests that move users: of the staged rollout, its groups and their members, and of a domain's federation.</summary>
internal sealed class RoutingRequests(GraphConnection graph, RolloutReads rollout)
{
    /// <summary>The request of a change of the rollout; a policy that is gone is a refusal of ours, since nothing can be sent.</summary>
    /// <seealso href="https://learn.microsoft.com/graph/api/featurerolloutpolicy-post-appliesto"/>
    public async Task<(HttpRequestMessage? Request, string? Refusal)> OfRolloutAsync(Change change, CancellationToken cancellationToken)
    {
        if (change is Change.CreateRollout create)
        {
            return (new HttpRequestMessage(HttpMethod.Post, graph.At(RolloutReads.Path))
            {
                Content = Body(new JsonObject
                {
                    ["displayName"] = create.DisplayName,
                    ["feature"] = RolloutReads.Feature,
                    ["isEnabled"] = true,
                    ["isAppliedToOrganization"] = false,
                }),
            }, null);
        }

        if (await rollout.ReadAsync(cancellationToken) is not { } policy)
        {
            return (null, "RolloutPolicyGone");
        }

        var path = $"{RolloutReads.Path}/{Uri.EscapeDataString(policy.Id)}";
        return change switch
        {
            Change.EnableRollout enable => (new HttpRequestMessage(HttpMethod.Patch, graph.At(path))
            {
                Content = Body(new JsonObject { ["isEnabled"] = enable.After }),
            }, null),
            Change.AttachGroup { After: true } attach => (new HttpRequestMessage(HttpMethod.Post, graph.At(path + "/appliesTo/$ref"))
            {
                Content = Reference(attach.Group),
            }, null),
            Change.AttachGroup detach => (new HttpRequestMessage(HttpMethod.Delete, graph.At($"{path}/appliesTo/{detach.Group:D}/$ref")), null),
            _ => throw new ArgumentException("A change of this kind is not about the rollout.", nameof(change)),
        };
    }

    /// <summary>
    /// The request that adds a user to a group or takes it out. Without <c>/$ref</c> the deletion would be of the user itself.
    /// </summary>
    /// <seealso href="https://learn.microsoft.com/graph/api/group-delete-members"/>
    public HttpRequestMessage Of(Guid user, Change.RouteUser change) => change.After
        ? new HttpRequestMessage(HttpMethod.Post, graph.At($"/v1.0/groups/{change.Group:D}/members/$ref")) { Content = Reference(user) }
        : new HttpRequestMessage(HttpMethod.Delete, graph.At($"/v1.0/groups/{change.Group:D}/members/{user:D}/$ref"));

    /// <summary>The request that sets the one property of a domain's federation, and no other.</summary>
    /// <seealso href="https://learn.microsoft.com/graph/api/internaldomainfederation-update"/>
    public HttpRequestMessage Of(string domain, Change.SetFederatedMfa change) => new(
        HttpMethod.Patch, graph.At($"{FederationReads.PathOf(domain)}/{Uri.EscapeDataString(change.Before.Id)}"))
    {
        Content = Body(new JsonObject { ["federatedIdpMfaBehavior"] = change.After }),
    };

    private ByteArrayContent Reference(Guid id) => Body(new JsonObject { ["@odata.id"] = $"{graph.Root}/v1.0/directoryObjects/{id:D}" });

    private static ByteArrayContent Body(JsonObject body) => GraphConnection.Content(body, GraphJson.Default.JsonObject);
}
