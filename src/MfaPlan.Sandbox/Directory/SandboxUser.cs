using System.Text.Json;
using System.Text.Json.Nodes;
using MfaPlan.Sandbox.Authentication;
using MfaPlan.Sandbox.Tenant;

namespace MfaPlan.Sandbox.Directory;

/// <summary>A user: directory properties kept as UTF-8 JSON, because there are many users and few are looked
/// at.</summary>
internal sealed class SandboxUser(
    string id,
    string userPrincipalName,
    string? sid,
    byte[] properties,
    UserAuthentication authentication)
{
    private byte[] _properties = properties;

    public string Id => id;

    public string UserPrincipalName => userPrincipalName;

    public string? SecurityIdentifier => sid;

    /// <summary>The object as in the tenant file, without <c>authentication</c>.</summary>
    public ReadOnlyMemory<byte> Raw => _properties;

    public Versioned<UserAuthentication> Authentication { get; } = new(authentication);

    /// <summary>Held while the authentication data of this user are checked and changed.</summary>
    public Lock Gate { get; } = new();

    public JsonElement Properties => JsonElement.Parse(_properties);

    /// <summary>Whether the account may sign in; where the file says nothing, it may.</summary>
    public bool IsEnabled => Properties.Flag("accountEnabled") ?? true;

    /// <summary>Takes the right to sign in away. For when no server runs: nothing is written ahead.</summary>
    public void Disable()
    {
        var next = JsonNode.Parse(_properties)!.AsObject();
        next["accountEnabled"] = false;
        _properties = Json.Bytes(next);
    }
}
