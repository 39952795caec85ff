using System.Collections.Immutable;
using MfaPlan.Core.Tenants;
using MfaPlan.Engine.Ports;

namespace MfaPlan.Engine.Previewing;

/// <summary>What the tenant's inventory has of the tokens that a preview is about; read once, since a list of a user's methods does not show it.</summary>
internal sealed class TokenInventory
{
    private readonly Observed<ILookup<string, TokenDevice>> _devices;

    private TokenInventory(Observed<ILookup<string, TokenDevice>> devices) => _devices = devices;

    /// <summary>Reads the devices with these serial numbers; asks nothing where there are none.</summary>
    public static async Task<TokenInventory> ReadAsync(ITenantReader tenant, IEnumerable<string> serials, CancellationToken cancellationToken)
    {
        ImmutableArray<string> asked = [.. serials.Distinct(StringComparer.OrdinalIgnoreCase)];
        var read = asked.IsEmpty
            ? new Observed<ImmutableArray<TokenDevice>>.Seen([], default)
            : await tenant.ReadTokenDevicesAsync(asked, cancellationToken);
        return new TokenInventory(read switch
        {
            Observed<ImmutableArray<TokenDevice>>.Seen seen => new Observed<ILookup<string, TokenDevice>>.Seen(
                seen.Value.ToLookup(static device => device.Serial, StringComparer.OrdinalIgnoreCase), seen.At),
            var unknown => new Observed<ILookup<string, TokenDevice>>.Unknown(((Observed<ImmutableArray<TokenDevice>>.Unknown)unknown).Code),
        });
    }

    /// <summary>A user's methods with the devices of some serial numbers beside them; unknown where either is.</summary>
    public Observed<UserMethods> Join(Guid user, ImmutableArray<string> serials, Observed<UserMethods> methods)
    {
        if (serials.IsEmpty || methods is not Observed<UserMethods>.Seen seen)
        {
            return methods;
        }

        return _devices switch
        {
            Observed<ILookup<string, TokenDevice>>.Seen { Value: var devices } => seen with
            {
                Value = seen.Value with
                {
                    Parts = seen.Value.Parts | MethodParts.Tokens,
                    Tokens = HardwareToken.Join(user, seen.Value.Tokens, [.. serials.SelectMany(serial => devices[serial])]),
                },
            },
            var unknown => new Observed<UserMethods>.Unknown(((Observed<ILookup<string, TokenDevice>>.Unknown)unknown).Code),
        };
    }
}
