using Microsoft.Graph.Models;
using Microsoft.Kiota.Abstractions.Serialization;

namespace MfaPlan.Graph.Policies;

/// <summary>hardwareOathAuthenticationMethodConfiguration: beta only, so the SDK has no model of it.</summary>
/// <seealso href="https://learn.microsoft.com/graph/api/resources/hardwareoathauthenticationmethodconfiguration?view=graph-rest-beta"/>
internal sealed class HardwareOathConfiguration : AuthenticationMethodConfiguration, IParsable
{
    public List<AuthenticationMethodTarget>? IncludeTargets { get; private set; }

    public static HardwareOathConfiguration Create(IParseNode node) => new();

    public override IDictionary<string, Action<IParseNode>> GetFieldDeserializers() =>
        new Dictionary<string, Action<IParseNode>>(base.GetFieldDeserializers(), StringComparer.Ordinal)
        {
            ["includeTargets"] = node =>
                IncludeTargets = node.GetCollectionOfObjectValues(AuthenticationMethodTarget.CreateFromDiscriminatorValue)?.ToList(),
        };
}
