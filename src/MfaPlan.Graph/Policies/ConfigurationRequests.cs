using System.Text.Json.Nodes;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Tenants;
using MfaPlan.Graph.Http;
using MfaPlan.Graph.Wire;

namespace MfaPlan.Graph.Policies;

/// <summary>The request that sets a configuration of the authentication methods policy: what changes of it, and no more.</summary>
/// <seealso href="https://learn.microsoft.com/graph/api/smsauthenticationmethodconfiguration-update"/>
internal static class ConfigurationRequests
{
    /// <summary>The request of a change; hardware OATH is on beta only.</summary>
    public static HttpRequestMessage Of(Change.AllowMethod change, GraphConnection graph)
    {
        var (id, type) = change.Method switch
        {
            MethodKind.Sms => ("Sms", "sms"),
            MethodKind.Voice => ("Voice", "voice"),
            MethodKind.Authenticator => ("MicrosoftAuthenticator", "microsoftAuthenticator"),
            MethodKind.SoftwareOath => ("SoftwareOath", "softwareOath"),
            _ => ("HardwareOath", "hardwareOath"),
        };
        var version = change.Method == MethodKind.HardwareOath ? "beta" : "v1.0";
        var body = new JsonObject { ["@odata.type"] = $"#microsoft.graph.{type}AuthenticationMethodConfiguration" };
        if (change.After.Enabled != change.Before.Enabled)
        {
            body["state"] = change.After.Enabled ? "enabled" : "disabled";
        }

        if (!change.After.Equals(change.Before with { Enabled = change.After.Enabled }))
        {
            body["includeTargets"] = new JsonArray([.. change.After.Include.Select(target => (JsonNode?)TargetJson.Of(target, change.Method))]);
        }

        return new HttpRequestMessage(
            HttpMethod.Patch, graph.At($"/{version}/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/{id}"))
        {
            Content = GraphConnection.Content(body, GraphJson.Default.JsonObject),
        };
    }
}
