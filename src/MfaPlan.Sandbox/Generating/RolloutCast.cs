using System.Collections.Immutable;
using System.Globalization;

namespace MfaPlan.Sandbox.Generating;

/// <summary>
/// Who plays which part in a company that goes the whole road: waves, people of a child domain, holders of tokens, people who keep a phone
/// for a while, who must register the app again, and accounts that no person signs in to.
/// </summary>
internal sealed class RolloutCast
{
    /// <summary>Where the tenant's clock begins: a Monday morning, while Microsoft still delivers text messages and calls.</summary>
    public const string StartsAt = "2026-10-05T06:00:00Z";

    private const int LargestPilot = 160;
    private const int MostMoved = 150;
    private const int MostWaves = 9;
    private const int WaveSize = 4_000;
    private const int MostTokens = 16;

    private static readonly string[] Names = ["pilot", "hq", "plants", "field"];

    private readonly List<Guid> _bridge = [];
    private readonly List<Guid> _registering = [];
    private readonly List<Guid> _vpn = [];
    private readonly List<GeneratedUser> _tokens = [];
    private readonly int _pilot;
    private readonly int _size;
    private bool _hasAdministrator;

    /// <summary>Parts for so many people.</summary>
    public RolloutCast(int users)
    {
        _pilot = Math.Clamp(users / 75, 1, LargestPilot);
        _size = Math.Max(WaveSize, (int)Math.Ceiling((users - _pilot) / (double)MostWaves));
        var count = 1 + (int)Math.Ceiling((users - _pilot) / (double)_size);
        Waves =
        [
            .. Enumerable.Range(1, count).Select(number => new GeneratedWave(
                number <= Names.Length ? Names[number - 1] : Numbered("wave", number),
                Numbered("MFA-W", number),
                Numbered("R", number),
                number == 1 ? MostMoved : _size)),
        ];
    }

    public ImmutableArray<GeneratedWave> Waves { get; }

    /// <summary>Who holds a token whose seed is known.</summary>
    public IReadOnlyList<GeneratedUser> TokenHolders => _tokens;

    /// <summary>Accounts that are no people: in no export, without a method.</summary>
    public static IReadOnlyList<GeneratedAccount> Accounts { get; } =
    [
        .. Enumerable.Range(1, 4).Select(static number => new GeneratedAccount(number, Numbered("svc-backup-", number) + "@contoso.io", "Backup service", IsService: true)),
        .. Enumerable.Range(1, 3).Select(static number => new GeneratedAccount(4 + number, Numbered("scanner-", number) + "@contoso.com", "Scanner", IsService: false)),
        .. Enumerable.Range(1, 2).Select(static number => new GeneratedAccount(7 + number, Numbered("left-", number) + "@contoso.com", "Has left", IsService: false)),
    ];

    /// <summary>Gives a person parts. Takes each once, in order.</summary>
    public GeneratedUser Take(GeneratedUser drawn)
    {
        var user = Named(drawn);
        if (user.Guest || !user.Enabled)
        {
            return user;
        }

        var hasPhone = user.Primary is not null || user.Backup is not null || user.Mobile is not null || user.Office is not null;
        if (user.Mode == "OATH Token" && user.Index < _pilot && user.Username is not null && user.Sid == user.SourceSid
            && !user.Administrator && _tokens.Count < MostTokens)
        {
            _tokens.Add(user);
        }
        else if (user is { Mode: "OATH Token" or "Mobile App", Authenticator: false })
        {
            _registering.Add(user.Id);
        }

        if (hasPhone)
        {
            _bridge.Add(user.Id);
        }

        if (user.Index % 40 == 3)
        {
            _vpn.Add(user.Id);
        }

        return user;
    }

    /// <summary>The groups beside those of the migration, by name.</summary>
    /// <param name="people">Everybody, in order.</param>
    /// <param name="accounts">The ids of <see cref="Accounts"/>.</param>
    public IEnumerable<(string Name, IEnumerable<Guid> Members)> Groups(Guid[] people, Guid[] accounts)
    {
        for (var i = 0; i < Waves.Length; i++)
        {
            var start = i == 0 ? 0 : _pilot + ((i - 1) * _size);
            yield return (Waves[i].From, people.Skip(start).Take(i == 0 ? _pilot : _size));
            yield return (Waves[i].Into, []);
        }

        yield return ("MFA-Bridge", _bridge);
        yield return ("MFA-ReRegister", _registering);
        yield return ("MFA-Tokens", _tokens.Select(static user => user.Id));
        yield return ("VPN-Users", _vpn);
        yield return ("SvcAccounts", accounts.Where((_, i) => Accounts[i].IsService));
    }

    /// <summary>Administrators of the federated domain have accounts of the cloud's own, but the first; a few people are in the child domain.</summary>
    private GeneratedUser Named(GeneratedUser user)
    {
        const string Root = "@contoso.com";
        if (user.Administrator && user.PrincipalName.EndsWith(Root, StringComparison.Ordinal))
        {
            var stays = !_hasAdministrator;
            _hasAdministrator = true;
            return stays ? user : user with { PrincipalName = user.Sam + "@contoso.onmicrosoft.com" };
        }

        if (user.Index % 25 != 7 || !user.PrincipalName.EndsWith(Root, StringComparison.Ordinal))
        {
            return user;
        }

        var name = user.Sam + "@dev.contoso.com";
        return user with { PrincipalName = name, Username = user.Username == user.PrincipalName ? name : user.Username };
    }

    private static string Numbered(string word, int number) => string.Create(CultureInfo.InvariantCulture, $"{word}{number}");
}
