using System.Collections.Immutable;

namespace MfaPlan.Core.Tenants;

/// <summary>A hardware token that a user has, or one of the tenant's inventory that was asked for by its serial number.</summary>
/// <param name="Id">The method's and the device's id, which are the same.</param>
/// <param name="Serial">The serial number; null when the service does not say it in the user's list.</param>
/// <param name="Holder">Who holds it.</param>
/// <param name="Activated">Whether it answers a demand for a code; true where the service says nothing against it.</param>
/// <param name="InInventory">Whether the inventory has it; a token that was uploaded in the portal is not managed there.</param>
public sealed record HardwareToken(string Id, string? Serial, TokenHolder Holder, bool Activated, bool InInventory)
{
    /// <summary>Joins the user's own tokens with devices of the inventory.</summary>
    /// <param name="user">Object id of the user.</param>
    /// <param name="own">The user's tokens.</param>
    /// <param name="devices">The devices.</param>
    public static ImmutableArray<HardwareToken> Join(Guid user, ImmutableArray<HardwareToken> own, IReadOnlyCollection<TokenDevice> devices)
    {
        var rest = own.ToList();
        var joined = ImmutableArray.CreateBuilder<HardwareToken>();
        foreach (var device in devices)
        {
            var at = rest.FindIndex(token => token.Id.Equals(device.Id, StringComparison.OrdinalIgnoreCase));
            var listed = at >= 0;
            joined.Add(new HardwareToken(
                device.Id,
                device.Serial,
                listed || device.AssignedTo == user ? TokenHolder.User : device.AssignedTo is null ? TokenHolder.Nobody : TokenHolder.Other,
                device.Activated || (listed && rest[at].Activated),
                InInventory: true));
            if (listed)
            {
                rest.RemoveAt(at);
            }
        }

        joined.AddRange(rest);
        return [.. joined.OrderBy(static token => token.Serial, StringComparer.OrdinalIgnoreCase).ThenBy(static token => token.Id, StringComparer.Ordinal)];
    }
}
