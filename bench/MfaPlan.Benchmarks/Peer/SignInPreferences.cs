using Microsoft.Graph.Models.ODataErrors;
using Microsoft.Kiota.Abstractions;
using Microsoft.Kiota.Abstractions.Serialization;

namespace MfaPlan.Benchmarks.Peer;

/// <summary>The default method, which only beta has: asked for through the SDK's request adapter.</summary>
internal sealed class SignInPreferences(IRequestAdapter adapter, string user)
{
    private static readonly Dictionary<string, ParsableFactory<IParsable>> Errors = new(StringComparer.Ordinal)
    {
        ["4XX"] = ODataError.CreateFromDiscriminatorValue,
        ["5XX"] = ODataError.CreateFromDiscriminatorValue,
    };

    /// <summary>Reads them.</summary>
    public async Task<Body> GetAsync(CancellationToken cancellationToken) =>
        await adapter.SendAsync(Request(Method.GET), static _ => new Body(), Errors, cancellationToken) ?? new Body();

    /// <summary>Sets the default.</summary>
    /// <returns>Whether it was accepted; anything else throws.</returns>
    public async Task<bool> SetAsync(string method, CancellationToken cancellationToken)
    {
        var request = Request(Method.PATCH);
        request.SetContentFromParsable(adapter, "application/json", new Body { Default = method });
        await adapter.SendNoContentAsync(request, Errors, cancellationToken);
        return true;
    }

    private RequestInformation Request(Method method)
    {
        var root = adapter.BaseUrl![..adapter.BaseUrl!.LastIndexOf('/')];
        var request = new RequestInformation
        {
            HttpMethod = method,
            UrlTemplate = "{+root}/beta/users/{user}/authentication/signInPreferences",
            PathParameters = { ["root"] = root, ["user"] = user },
        };
        request.Headers.Add("Accept", "application/json");
        return request;
    }

    /// <summary>The resource.</summary>
    internal sealed class Body : IParsable
    {
        private const string Name = "userPreferredMethodForSecondaryAuthentication";

        /// <summary>The default method.</summary>
        public string? Default { get; set; }

        /// <summary>Whether there is one.</summary>
        public bool IsSet => !string.IsNullOrEmpty(Default) && Default != "none";

        /// <inheritdoc/>
        public IDictionary<string, Action<IParseNode>> GetFieldDeserializers() =>
            new Dictionary<string, Action<IParseNode>>(StringComparer.Ordinal) { [Name] = node => Default = node.GetStringValue() };

        /// <inheritdoc/>
        public void Serialize(ISerializationWriter writer) => writer.WriteStringValue(Name, Default);
    }
}
