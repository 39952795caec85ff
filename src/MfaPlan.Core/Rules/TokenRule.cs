using System.Collections.Immutable;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Sources.Tokens;
using MfaPlan.Core.Tenants;

namespace MfaPlan.Core.Rules;

/// <summary>
/// The OATH tokens of a source record beside those of Entra. A token whose seed is known becomes a hardware token there: put into the
/// inventory, assigned, activated with a computed code. That goes for an app's token too, which so goes on working.
/// </summary>
public static class TokenRule
{
    private const string Rule = "token: seed known";

    /// <summary>Decides the token changes of a user.</summary>
    /// <param name="tokens">The user's tokens in the source, in order of serial number.</param>
    /// <param name="user">Object id.</param>
    /// <param name="guest">Whether the account is a guest, who cannot have hardware tokens.</param>
    /// <param name="seen">Every method of the user, and the devices of the inventory with the tokens' serial numbers.</param>
    /// <param name="policy">The authentication methods policy.</param>
    public static TokenDecision Decide(
        ImmutableArray<OwnedToken> tokens, Guid user, bool guest, UserMethods seen, MethodsPolicy policy)
    {
        var changes = ImmutableArray.CreateBuilder<Change>();
        var findings = ImmutableArray.CreateBuilder<Finding>();
        var devices = seen.Authenticators + seen.SoftwareTokens + seen.HardwareTokens;
        var brought = false;
        foreach (var (token, against) in tokens)
        {
            var there = against is null ? seen.Token(token.Serial) : null;
            if (against is not null || guest)
            {
                findings.Add(FindingCatalog.TokenNotEligible.Found().With("serial", token.Serial).With("reason", guest ? "a guest cannot have a hardware token" : Words(against)));
            }
            else if (there is { Holder: TokenHolder.User } and ({ Activated: true } or { InInventory: false }))
            {
                findings.Add(FindingCatalog.TokenInPlace.Found().With("serial", token.Serial)
                    .With("how", there.Activated ? "active" : "uploaded in the portal and not active"));
                brought |= there.Activated;
            }
            else if (there is { Holder: TokenHolder.Other })
            {
                findings.Add(FindingCatalog.TokenElsewhere.Found().With("serial", token.Serial));
            }
            else if (!policy.Allows(MethodKind.HardwareOath, user))
            {
                findings.Add(FindingCatalog.TokenNotAllowed.Found().With("serial", token.Serial));
            }
            else if (there is not { Holder: TokenHolder.User } && devices >= DeviceRule.Limit)
            {
                findings.Add(FindingCatalog.DeviceLimit.Found().With("serial", token.Serial));
            }
            else
            {
                devices += there is { Holder: TokenHolder.User } ? 0 : 1;
                changes.AddRange(Missing(token, there));
                findings.Add(FindingCatalog.HolderUnproved.Found().With("serial", token.Serial));
                brought = true;
            }
        }

        var waits = findings.Any(static finding => finding.Code == FindingCatalog.TokenElsewhere.Code
            || finding.Code == FindingCatalog.TokenNotAllowed.Code || finding.Code == FindingCatalog.DeviceLimit.Code);
        return new TokenDecision(changes.ToImmutable(), findings.ToImmutable(), brought, waits);
    }

    private static IEnumerable<Change> Missing(SecretRef token, HardwareToken? there)
    {
        if (there is null)
        {
            yield return new Change.CreateToken(token, after: true, Rule);
        }

        if (there is not { Holder: TokenHolder.User })
        {
            yield return new Change.AssignToken(token, after: true, Rule);
        }

        yield return new Change.ActivateToken(token, after: true, Rule);
    }

    private static string Words(string? against) => against switch
    {
        TokenEligibility.Hotp => "its codes change by a counter, and Entra takes time-based tokens only",
        TokenEligibility.OtherKind => "its codes are made by a vendor's own method",
        TokenEligibility.Digits => "its codes do not have six digits",
        TokenEligibility.Algorithm => "its hash function is neither SHA-1 nor SHA-256",
        TokenEligibility.AlgorithmUnknown => "its hash function is not known",
        TokenEligibility.Interval => "its interval is neither 30 nor 60 seconds",
        TokenEligibility.SecretTooLong => "its seed has more than 128 Base32 characters",
        TokenEligibility.SerialTwice => "another token of the source has the same serial number",
        TokenEligibility.NoSerial => "it has no serial number",
        _ => "its holder is not known",
    };
}
