using System.Text.Json;
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
    public string Id => id;

    public string UserPrincipalName => userPrincipalName;

    public string? SecurityIdentifier => sid;

    /// <summary>The object as in the tenant file, without <c>authentication</c>.</summary>
    public ReadOnlyMemory<byte> Raw => properties;

    public Versioned<UserAuthentication> Authentication { get; } = new(authentication);

    /// <summary>Held while the authentication data of this user are checked and changed.</summary>
    public Lock Gate { get; } = new();

    public JsonElement Properties => JsonElement.Parse(properties);
}
