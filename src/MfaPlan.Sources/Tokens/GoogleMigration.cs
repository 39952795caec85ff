using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using MfaPlan.Core.Privacy;
using MfaPlan.Core.Sources.Tokens;

namespace MfaPlan.Sources.Tokens;

/// <summary>One code of an export of Google Authenticator, which may span several.</summary>
/// <param name="Seeds">
/// The accounts in it. The export does not carry the interval; the app knows only 30 seconds.
/// </param>
/// <param name="Refused">For each account without a seed of its own, why, as a clause.</param>
/// <param name="BatchId">The export that the code belongs to.</param>
/// <param name="BatchIndex">Which of its codes this is, from 0.</param>
/// <param name="BatchSize">How many codes it has, at least 1.</param>
internal sealed record GoogleMigration(
    ImmutableArray<TokenSeed> Seeds, ImmutableArray<string> Refused, int BatchId, int BatchIndex, int BatchSize)
{
    private const int MaxSeedBytes = 1024;
    private const int MaxBatch = 1000;

    /// <summary>Reads the value of <c>data</c>; null when it is damaged or cut off.</summary>
    /// <param name="data">Base64, unescaped once; a plus that arrived as a space is turned back.</param>
    /// <param name="row">The line it stands in.</param>
    public static GoogleMigration? Read(string data, long row)
    {
        var bytes = new byte[(data.Length * 3 / 4) + 3];
        try
        {
            return Convert.TryFromBase64String(Padded(data.Trim().Replace(' ', '+')), bytes, out var count) && count > 0
                ? Read(bytes.AsSpan(0, count), row)
                : null;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    private static GoogleMigration? Read(ReadOnlySpan<byte> payload, long row)
    {
        var fields = new ProtobufReader(payload);
        var seeds = ImmutableArray.CreateBuilder<TokenSeed>();
        ulong size = 1, index = 0, id = 0;
        var refused = ImmutableArray.CreateBuilder<string>();
        while (fields.Next())
        {
            switch (fields.Number)
            {
                case 1 when fields.IsBytes:
                    if (!TryReadAccount(fields.Bytes, row, out var seed, out var reason))
                    {
                        return null;
                    }

                    if (seed is not null)
                    {
                        seeds.Add(seed);
                    }

                    if (reason is not null)
                    {
                        refused.Add(reason);
                    }

                    break;
                case 3:
                    size = fields.Value;
                    break;
                case 4:
                    index = fields.Value;
                    break;
                case 5:
                    id = fields.Value;
                    break;
                default:
                    break;
            }
        }

        return fields.IsDamaged || size > MaxBatch || index >= Math.Max(1, size)
            ? null
            : new GoogleMigration(
                seeds.DrainToImmutable(), refused.DrainToImmutable(), unchecked((int)id), (int)index, (int)Math.Max(1, size));
    }

    private static bool TryReadAccount(ReadOnlySpan<byte> account, long row, out TokenSeed? seed, out string? reason)
    {
        seed = null;
        var fields = new ProtobufReader(account);
        Secret? secret = null;
        PersonalName? owner = null;
        ulong algorithm = 0, digits = 0, kind = 0;
        var seeds = 0;
        while (fields.Next())
        {
            switch (fields.Number)
            {
                case 1:
                    seeds++;
                    secret = fields.IsBytes && fields.Bytes.Length is > 0 and <= MaxSeedBytes ? Base32.Write(fields.Bytes) : null;
                    break;
                case 2 when fields.IsBytes:
                    owner = OtpauthFile.AccountOf(Encoding.UTF8.GetString(fields.Bytes));
                    break;
                case 4:
                    algorithm = fields.Value;
                    break;
                case 5:
                    digits = fields.Value;
                    break;
                case 6:
                    kind = fields.Value;
                    break;
                default:
                    break;
            }
        }

        reason = seeds > 1 ? "an account in it has two seeds, so it is unclear which one holds"
            : secret is null ? "an account in it has no seed"
            : null;
        if (secret is not null && reason is null)
        {
            seed = new TokenSeed(
                row, null, secret, null, null, TokenWords.DefaultInterval,
                digits switch { 0 or 1 => 6, 2 => 8, _ => 0 },
                algorithm switch
                {
                    0 or 1 => TokenAlgorithm.Sha1,
                    2 => TokenAlgorithm.Sha256,
                    3 => TokenAlgorithm.Sha512,
                    4 => TokenAlgorithm.Md5,
                    _ => TokenAlgorithm.Unknown,
                },
                kind switch { 1 => TokenKind.Hotp, 2 => TokenKind.Totp, _ => TokenKind.Other },
                owner);
        }

        return !fields.IsDamaged;
    }

    private static string Padded(string base64)
    {
        var digits = base64.TrimEnd('=');
        return digits.PadRight((digits.Length + 3) / 4 * 4, '=');
    }
}
