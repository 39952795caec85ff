using System.Collections.Immutable;
using MfaPlan.Core.Privacy;
using MfaPlan.Core.Proofs;
using MfaPlan.Core.Tenants;
using MfaPlan.Core.Tenants.Access;

namespace MfaPlan.Core.Tests.Proofs;

/// <summary>A user with an app and a policy that demands MFA of everybody everywhere; tests change one thing.</summary>
internal static class AccessCases
{
    public static readonly Guid User = new(1, 0, 0, new byte[8]);
    public static readonly Guid Group = new(50, 0, 0, new byte[8]);
    public static readonly Guid Empty = new(51, 0, 0, new byte[8]);
    public static readonly Guid Unread = new(52, 0, 0, new byte[8]);
    public static readonly Guid Role = new(60, 0, 0, new byte[8]);
    public static readonly Guid RoleByGroup = new(61, 0, 0, new byte[8]);
    public static readonly Guid RoleOfOthers = new(62, 0, 0, new byte[8]);
    public static readonly Guid UnreadRole = new(63, 0, 0, new byte[8]);

    public static readonly DateTimeOffset Now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    public static readonly AccessPolicy MfaForAll = new("00000000-0000-0000-0000-0000000000c1", "MFA for all", AccessState.Enabled)
    {
        Include = AccessUsers.Everybody,
        Resources = AccessResources.All,
        Controls = new("OR", ["mfa"], 0, null),
    };

    public static readonly UserMethods App = new(MethodParts.Methods) { Authenticators = 1 };

    public static readonly UserMethods Phones = new(MethodParts.Methods) { Mobile = new PhoneNumber("+1 2065550101") };

    private static readonly string[] Seconds = ["microsoftAuthenticatorPush", "softwareOath", "hardwareOath", "sms", "voice"];

    public static AuthenticationStrength AnyMfa { get; } = Strength(
        "s2", [.. Seconds.Select(static word => "password," + word), .. Seconds.Select(static word => "federatedSingleFactor," + word), "federatedMultiFactor"]);

    public static AuthenticationStrength Resistant { get; } = Strength("s4", "windowsHelloForBusiness", "fido2", "x509CertificateMultiFactor");

    public static AuthenticationStrength Strength(string id, params string[] combinations) => new(
        id, "Strength " + id, IsMfa: true,
        [.. combinations.Select(static words => words.Split(',').ToImmutableSortedSet(StringComparer.Ordinal))], ImmutableSortedSet<string>.Empty);

    public static DirectoryUser Account(bool guest = false, bool synced = true, bool enabled = true, string name = "alice@contoso.com") =>
        new(User, new PersonalName(name), enabled, guest, synced, null, null, null);

    public static AccessView View(params AccessPolicy[] policies) => new([.. policies])
    {
        Strengths = Seen(new[] { AnyMfa, Resistant, Strength("sKey", "fido2"), Strength("sPassword", "password,sms", "password,microsoftAuthenticatorPush"),
            Strength("sNone", "password,sms", "sms,federatedSingleFactor") with { IsMfa = false } }
            .ToImmutableDictionary(static strength => strength.Id, StringComparer.OrdinalIgnoreCase)),
        Locations = Seen(ImmutableDictionary<string, string>.Empty.Add("l1", "Head office")),
        SecurityDefaults = Seen(value: false),
        Groups = new Dictionary<Guid, Observed<ImmutableHashSet<Guid>>>
        {
            [Group] = Seen<ImmutableHashSet<Guid>>([User]),
            [Empty] = Seen<ImmutableHashSet<Guid>>([]),
            [Unread] = new Observed<ImmutableHashSet<Guid>>.Unknown("Authorization_RequestDenied"),
        }.ToImmutableDictionary(),
        Roles = new Dictionary<Guid, Observed<RoleHolders>>
        {
            [Role] = Seen(new RoleHolders([User], [])),
            [RoleByGroup] = Seen(new RoleHolders([], [User])),
            [RoleOfOthers] = Seen(new RoleHolders([], [])),
            [UnreadRole] = new Observed<RoleHolders>.Unknown("HTTP403"),
        }.ToImmutableDictionary(),
    };

    public static Observed<T> Seen<T>(T value) => new Observed<T>.Seen(value, Now);

    public static ProofContext Context(AccessView view) => new(FakeTenant.AllAllowed, Seen(view), Now);

    public static UserProof Judge(
        AccessView view, DirectoryUser? account = null, UserMethods? methods = null, bool? federated = true, UserMethods? after = null) =>
        MoveProof.Of(Context(view)).Judge(new ProofUser(account ?? Account(), federated), Seen(methods ?? App), after);

    public static UserProof Judge(AccessPolicy policy) => Judge(View(policy));

    public static AccessUsers Groups(params Guid[] groups) => AccessUsers.Nobody with { Groups = [.. groups] };

    public static AccessUsers Roles(params Guid[] roles) => AccessUsers.Nobody with { Roles = [.. roles] };

    /// <summary>proved, gap or unknown.</summary>
    public static string Word(UserProof proof) => proof.Demand switch { MfaDemand.By => "proved", MfaDemand.Gap => "gap", _ => "unknown" };

    public static string Why(UserProof proof) => proof.Demand switch
    {
        MfaDemand.Gap gap => gap.Why,
        MfaDemand.Unknown unknown => unknown.Why,
        _ => "",
    };
}
