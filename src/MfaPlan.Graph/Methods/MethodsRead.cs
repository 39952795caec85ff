using MfaPlan.Core.Privacy;
using MfaPlan.Core.Tenants;
using MfaPlan.Graph.Http;
using MfaPlan.Graph.Wire;

namespace MfaPlan.Graph.Methods;

/// <summary>What each request asks, and what its answer says.</summary>
internal static class MethodsRead
{
    /// <summary>The requests that give the parts.</summary>
    public static MethodsReads For(MethodParts parts)
    {
        var reads = parts.HasFlag(MethodParts.Preferences) ? MethodsReads.Preferences : MethodsReads.None;
        reads |= parts.HasFlag(MethodParts.Requirements) ? MethodsReads.Requirements : MethodsReads.None;
        return (parts & (MethodParts.Methods | MethodParts.Tokens)) switch
        {
            MethodParts.None => reads,
            MethodParts.Phones => reads | MethodsReads.Phones,
            _ => reads | MethodsReads.Methods,
        };
    }

    /// <summary>The path below the version.</summary>
    public static string Path(Guid user, MethodsReads read) => read switch
    {
        MethodsReads.Phones => $"/users/{user:D}/authentication/phoneMethods",
        MethodsReads.Methods => $"/users/{user:D}/authentication/methods",
        MethodsReads.Requirements => $"/users/{user:D}/authentication/requirements",
        _ => $"/users/{user:D}/authentication/signInPreferences",
    };

    /// <summary>What a body adds to what is known of a user.</summary>
    /// <exception cref="ReadFailedException">The body leaves something open that must be known.</exception>
    public static Func<UserMethods, UserMethods> Told(MethodsReads read, MethodsBody? body)
    {
        if (body is null)
        {
            throw new ReadFailedException(TransportCode.InvalidAnswer, 200);
        }

        if (read == MethodsReads.Requirements)
        {
            var state = StateOf(body.PerUserMfaState ?? throw new ReadFailedException(TransportCode.InvalidAnswer, 200));
            return known => known with { PerUserMfa = state };
        }

        if (read == MethodsReads.Preferences)
        {
            return known => known with
            {
                Default = body.UserPreferredMethodForSecondaryAuthentication is { Length: > 0 } word ? new DefaultMethod(word) : null,
                SystemPreferred = body.IsSystemPreferredAuthenticationMethodEnabled,
            };
        }

        // These lists are not paged by the documentation. If one ever is, a first page taken for the whole would lose a phone.
        if (body.Value is not { } rows || body.NextLink is not null)
        {
            throw new ReadFailedException(body.Value is null ? TransportCode.InvalidAnswer : "UnexpectedNextLink", 200);
        }

        var phones = rows.Where(row => row.Type == MethodType.Phone || (row.Type == MethodType.Unwritten && read == MethodsReads.Phones)).ToList();
        phones.ForEach(CheckNumber);
        return known => Count(phones.Aggregate(known, Put), rows, read);
    }

    private static PerUserMfa StateOf(string word) => word.ToUpperInvariant() switch
    {
        "DISABLED" => PerUserMfa.Disabled,
        "ENABLED" => PerUserMfa.Enabled,
        "ENFORCED" => PerUserMfa.Enforced,
        _ => PerUserMfa.Unknown,
    };

    private static UserMethods Put(UserMethods known, MethodRow row) => row.PhoneType switch
    {
        PhoneType.Mobile => known with { Mobile = new PhoneNumber(row.PhoneNumber ?? ""), SmsSignInReady = row.SmsSignInState },
        PhoneType.AlternateMobile => known with { AlternateMobile = new PhoneNumber(row.PhoneNumber ?? "") },
        PhoneType.Office => known with { Office = new PhoneNumber(row.PhoneNumber ?? "") },
        _ => known with { Others = known.Others + 1 },
    };

    private static UserMethods Count(UserMethods known, List<MethodRow> rows, MethodsReads read)
    {
        int Of(MethodType type) => rows.Count(row => row.Type == type);

        return read == MethodsReads.Phones ? known : known with
        {
            // One device can stand in the list under both names; counting it twice would fill the five places too early.
            Authenticators = Math.Max(Of(MethodType.Authenticator), Of(MethodType.PasswordlessAuthenticator)),
            SoftwareTokens = Of(MethodType.SoftwareOath),
            HardwareTokens = Of(MethodType.HardwareOath),
            Tokens = [.. rows.Where(static row => row is { Type: MethodType.HardwareOath, Device.Id.Length: > 0 }).Select(static row => TokenOf(row.Device!))],
            PhishingResistant = Of(MethodType.PhishingResistant) + Of(MethodType.Passkey),
            Passkeys = Of(MethodType.Passkey),
            Others = known.Others + Of(MethodType.Unknown) + Of(MethodType.Unwritten),
        };
    }

    private static HardwareToken TokenOf(DeviceRow device) => new(
        device.Id!,
        device.SerialNumber is { Length: > 0 } serial ? serial : null,
        TokenHolder.User,
        Activated: device.Status is not ("available" or "assigned" or "failedActivation"),
        InInventory: false);

    // A number that is hidden or masked (some delegated roles see "+1 XXXXXXXX57") is neither absent nor a value to compare with.
    private static void CheckNumber(MethodRow row)
    {
        if (row.PhoneNumber is not { Length: > 0 } number)
        {
            throw new ReadFailedException("PhoneNumberHidden", 200);
        }

        if (number.Contains('*', StringComparison.Ordinal) || number.Contains("XX", StringComparison.OrdinalIgnoreCase))
        {
            throw new ReadFailedException("PhoneNumberMasked", 200);
        }
    }
}
