using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Security.Cryptography;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Privacy;
using MfaPlan.Core.Sealing;

namespace MfaPlan.Core.Sources.Tokens;

/// <summary>The tokens of a source: judged, numbered, and found by their owners and by reference.</summary>
public sealed class TokenBook
{
    private readonly FrozenDictionary<string, ImmutableArray<OwnedToken>> _byOwner;
    private readonly FrozenDictionary<SecretRef, TokenSeed> _seeds;

    private TokenBook(IReadOnlyCollection<(OwnedToken Token, TokenSeed Seed)> tokens)
    {
        _byOwner = tokens
            .Where(static token => token.Seed.Owner is not null)
            .GroupBy(static token => token.Seed.Owner?.Reveal() ?? "", static token => token.Token, StringComparer.OrdinalIgnoreCase)
            .ToFrozenDictionary(static group => group.Key, static group => Sorted(group), StringComparer.OrdinalIgnoreCase);
        _seeds = tokens.Where(static token => token.Token.Against is null)
            .ToFrozenDictionary(static token => token.Token.Token, static token => token.Seed);
    }

    /// <summary>No tokens.</summary>
    public static TokenBook Empty { get; } = new([]);

    /// <summary>Judges the tokens of a source.</summary>
    /// <param name="tokens">The tokens of all files.</param>
    /// <param name="key">Keys the fingerprints of seeds, from the state.</param>
    public static TokenBook Of(ImmutableArray<SourceToken> tokens, ValueKey key)
    {
        if (tokens.IsEmpty)
        {
            return Empty;
        }

        Span<byte> seedKey = stackalloc byte[HMACSHA256.HashSizeInBytes];
        key.Hash("token seed"u8, seedKey);
        var fingerprints = new TokenFingerprint[tokens.Length];
        var seeds = new TokenSeed[tokens.Length];
        for (var i = 0; i < seeds.Length; i++)
        {
            fingerprints[i] = TokenFingerprint.Of(tokens[i].Seed, seedKey);
            seeds[i] = tokens[i].Seed.Numbered(fingerprints[i]);
        }

        var against = TokenEligibility.CheckAll(seeds);
        return new TokenBook([.. Enumerable.Range(0, seeds.Length).Select(i =>
            (new OwnedToken(new SecretRef(tokens[i].File, seeds[i].Serial ?? "", fingerprints[i].Hex), against[i]), seeds[i]))]);
    }

    /// <summary>The tokens of a user, in order of serial number.</summary>
    /// <param name="username">The user's name in the source.</param>
    /// <param name="principalName">The user's principal name in the tenant.</param>
    public ImmutableArray<OwnedToken> Held(PersonalName username, PersonalName principalName)
    {
        if (_byOwner.Count == 0)
        {
            return [];
        }

        var byName = _byOwner.GetValueOrDefault(username.Reveal(), []);
        return username.Reveal().Equals(principalName.Reveal(), StringComparison.OrdinalIgnoreCase)
            ? byName
            : Sorted(byName.Concat(_byOwner.GetValueOrDefault(principalName.Reveal(), [])));
    }

    /// <summary>The token that a change refers to, with its seed; null when the source has none of this serial number and seed.</summary>
    public TokenSeed? Find(SecretRef token) => _seeds.GetValueOrDefault(token);

    private static ImmutableArray<OwnedToken> Sorted(IEnumerable<OwnedToken> tokens) =>
        [.. tokens.OrderBy(static token => token.Token.Serial, StringComparer.Ordinal).ThenBy(static token => token.Token.Fingerprint, StringComparer.Ordinal)];
}
