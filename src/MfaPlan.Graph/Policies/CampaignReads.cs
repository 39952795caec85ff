using System.Collections.Immutable;
using System.Text.Json.Nodes;
using MfaPlan.Core.Tenants;
using MfaPlan.Graph.Http;
using MfaPlan.Graph.Wire;

namespace MfaPlan.Graph.Policies;

/// <summary>
/// Reads the registration campaign of the authentication methods policy. From beta, which shows more of it than v1.0
/// (enforceRegistrationAfterAllowedSnoozes): what is not read there could not be written back. What is not understood makes the whole unknown.
/// </summary>
/// <seealso href="https://learn.microsoft.com/graph/api/resources/authenticationmethodsregistrationcampaign?view=graph-rest-beta"/>
internal sealed class CampaignReads(GraphConnection graph)
{
    /// <summary>The campaign as it is.</summary>
    /// <exception cref="ReadFailedException">It could not be read, or something of it that decides is not understood.</exception>
    public async Task<RegistrationCampaign> ReadAsync(CancellationToken cancellationToken)
    {
        var policy = await graph.GetAsync(graph.At(CampaignJson.Path), GraphJson.Default.JsonObject, cancellationToken);
        try
        {
            return policy[CampaignJson.Enforcement]?[CampaignJson.Campaign] is JsonObject
                ? Of(policy[CampaignJson.Enforcement]!.DeepClone().AsObject())
                : throw new ReadFailedException("CampaignMissing", 0);
        }
        catch (Exception error) when (error is InvalidOperationException or FormatException)
        {
            throw new ReadFailedException(TransportCode.InvalidAnswer, 200, error);
        }
    }

    /// <summary>Takes what is understood out of the enforcement and keeps the rest.</summary>
    private static RegistrationCampaign Of(JsonObject enforcement)
    {
        var campaign = enforcement[CampaignJson.Campaign]!.AsObject();
        var state = Take(campaign, "state")?.GetValue<string>() switch
        {
            "default" => CampaignState.MicrosoftManaged,
            "enabled" => CampaignState.Enabled,
            "disabled" => CampaignState.Disabled,
            _ => throw new ReadFailedException("UnknownCampaignState", 0),
        };
        var days = Take(campaign, "snoozeDurationInDays")?.GetValue<int>();
        var include = Take(campaign, "includeTargets")?.AsArray();
        var exclude = Take(campaign, "excludeTargets")?.AsArray();
        if (include is null && state != CampaignState.Disabled)
        {
            throw new ReadFailedException("CampaignTargetsMissing", 0);
        }

        return new RegistrationCampaign(state, days, Targets(include), Targets(exclude)) { Others = CampaignJson.OthersOf(enforcement) };
    }

    private static JsonNode? Take(JsonObject from, string name)
    {
        from.Remove(name, out var value);
        return value;
    }

    private static ImmutableArray<MethodTarget> Targets(JsonArray? targets) => [.. (targets ?? []).Select(static target =>
        Target(target?.AsObject() ?? throw new ReadFailedException(TransportCode.InvalidAnswer, 200)))];

    private static MethodTarget Target(JsonObject target)
    {
        var id = target["id"]?.GetValue<string>();
        var named = (id, target["targetType"]?.GetValue<string>()) switch
        {
            ("all_users", _) => new MethodTarget(null, IsUser: false, UsableForSignIn: true),
            (_, "group") when Guid.TryParse(id, out var group) => new MethodTarget(group, IsUser: false, UsableForSignIn: true),
            (_, "user") when Guid.TryParse(id, out var user) => new MethodTarget(user, IsUser: true, UsableForSignIn: true),
            _ => throw new ReadFailedException("UnknownCampaignTarget", 0),
        };
        return named with { Asks = target[TargetJson.Asks]?.GetValue<string>(), Others = TargetJson.OthersOfCampaign(target) };
    }
}
