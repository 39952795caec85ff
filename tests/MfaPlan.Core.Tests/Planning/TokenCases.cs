using System.Collections.Immutable;
using MfaPlan.Core.Planning;
using MfaPlan.Core.Privacy;
using MfaPlan.Core.Sealing;
using MfaPlan.Core.Sources.Tokens;
using MfaPlan.Core.Tenants;

namespace MfaPlan.Core.Tests.Planning;

/// <summary>The same user's tokens on both sides.</summary>
internal static class TokenCases
{
    public const string Serial = "T-1";

    public static readonly ValueKey Key = new("test", new byte[32]);

    public static TokenSeed Seed(string? serial = Serial, string owner = "alice@contoso.com", string secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ") => new(
        2, serial, new Secret(secret), "Contoso", "Key", 30, 6, TokenAlgorithm.Sha1, TokenKind.Totp, new PersonalName(owner));

    public static TokenBook Book(params TokenSeed[] seeds) => TokenBook.Of([.. seeds.Select(static seed => new SourceToken("seeds.csv", seed))], Key);

    public static ImmutableArray<OwnedToken> Held(this TokenBook book) => book.Held(new PersonalName("alice@contoso.com"), new PersonalName("alice@contoso.com"));

    public static PlanningContext Context(TokenBook book, string migrate = "", MethodsPolicy? policy = null) =>
        Cases.Context(Cases.Plan(migrate), policy) with { Tokens = book };

    public static UserMethods Methods(params HardwareToken[] tokens) => new(MethodParts.Methods | MethodParts.Preferences | MethodParts.Tokens)
    {
        Tokens = [.. tokens],
        HardwareTokens = tokens.Count(static token => token.Holder == TokenHolder.User),
    };

    public static Observed<UserMethods> Seen(UserMethods methods) => new Observed<UserMethods>.Seen(methods, DateTimeOffset.UnixEpoch);

    public static HardwareToken There(TokenHolder holder, bool activated = false, bool inInventory = true, string serial = Serial) =>
        new("device-" + serial, serial, holder, activated, inInventory);
}
