using System.Security.Cryptography;
using System.Xml;
using MfaPlan.Core.Diagnostics;
using MfaPlan.Core.Privacy;
using MfaPlan.Core.Sources.Tokens;
using MfaPlan.Sources.Files;

namespace MfaPlan.Sources.Tokens.Pskc;

/// <summary>
/// Reads a PSKC key container (RFC 6030), plain or encrypted with a pre-shared key or password. An encrypted seed is
/// only taken when its authentication code proves it.
/// </summary>
/// <param name="file">The file.</param>
/// <param name="key">
/// The pre-shared key in hexadecimal or Base64, or the password; the file says which it needs. Null for a plain file.
/// </param>
/// <seealso href="https://www.rfc-editor.org/rfc/rfc6030"/>
public sealed class PskcFile(InputFile file, Secret? key = null) : ITokenSource
{
    /// <inheritdoc/>
    public async Task<Checked<TokenTable>> ReadAsync(CancellationToken cancel)
    {
        var log = new RowLog(file);
        using var whole = await WholeFile.ReadAsync(log, cancel);
        if (whole is null)
        {
            return new(null, log.ToDiagnostics());
        }

        var seeds = new List<TokenSeed>();
        Read(whole.Bytes, seeds, log, cancel);
        return log.Checked(() => TokenTable.Of(log, seeds, whole.Sha256));
    }

    private void Read(byte[] bytes, List<TokenSeed> seeds, RowLog log, CancellationToken cancel)
    {
        using var stream = new MemoryStream(bytes, writable: false);
        using var reader = XmlReader.Create(stream, new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = WholeFile.MaxBytes,
            MaxCharactersFromEntities = 1024,
        });
        using var keys = new PskcKeys(file.Path, key);
        int packages = 0, pins = 0;
        try
        {
            foreach (var part in XmlPart.UnderRoot(reader))
            {
                cancel.ThrowIfCancellationRequested();
                keys.Describe(part);
                if (!part.Is("KeyPackage"))
                {
                    continue;
                }

                packages++;
                if (TwiceIn(part) is { } twice)
                {
                    log.Damaged(TokenDiagnostics.TokenFormAt(
                        file.Path, part.Line, $"its KeyPackage has the element {twice} twice, so it is unclear which one holds"));
                    continue;
                }

                if (part.At("Key") is { } element && PskcCrypto.NameOf(element.Attribute("Algorithm")) == "PIN")
                {
                    pins++;
                    continue;
                }

                var problem = ReadPackage(part, keys, out var seed);
                if (keys.Problem is { } ofAll)
                {
                    log.OfFile(ofAll);
                    return;
                }

                if (problem is not null)
                {
                    log.Damaged(problem);
                }
                else if (seed is not null)
                {
                    seeds.Add(seed);
                }
            }
        }
        catch (XmlException broken)
        {
            log.OfFile(TokenDiagnostics.XmlAt(file.Path, Math.Max(1, broken.LineNumber)));
            return;
        }

        if (packages == 0)
        {
            log.OfFile(TokenDiagnostics.NotPskcAt(file.Path));
        }

        if (pins > 0)
        {
            log.OfFile(TokenDiagnostics.PinsIgnoredAt(file.Path, pins));
        }
    }

    private Diagnostic? ReadPackage(XmlPart package, PskcKeys keys, out TokenSeed? seed)
    {
        seed = null;
        var device = package.At("DeviceInfo");
        var element = package.At("Key");
        if (element?.At("Data", "Secret") is not { } value)
        {
            return TokenDiagnostics.TokenFormAt(file.Path, package.Line, "its KeyPackage has no Key with a Secret");
        }

        var format = element.At("AlgorithmParameters", "ResponseFormat");
        var interval = element.At("Data", "TimeInterval");
        if (!TokenWords.TryNumber(format?.Attribute("Length"), TokenWords.DefaultDigits, out var digits)
            || !TokenWords.TryNumber(interval?.At("PlainValue")?.Text, TokenWords.DefaultInterval, out var seconds)
            || interval?.At("EncryptedValue") is not null)
        {
            return TokenDiagnostics.TokenFormAt(file.Path, package.Line, "its Length or TimeInterval is not a plain number");
        }

        if (value.At("EncryptedValue") is not null && value.At("PlainValue") is not null)
        {
            return TokenDiagnostics.TokenFormAt(
                file.Path, package.Line, "its Secret has a value in clear beside an encrypted one, so it is unclear which one holds");
        }

        Diagnostic? problem = null;
        var bytes = value.At("EncryptedValue") is null
            ? PskcCrypto.Base64(value.At("PlainValue")?.Text)
            : keys.Open(value, out problem);
        if (bytes is null)
        {
            return problem ?? TokenDiagnostics.SeedTextAt(file.Path, package.Line, "Base64 in the element PlainValue");
        }

        var suite = element.At("AlgorithmParameters", "Suite");
        seed = new TokenSeed(
            package.Line,
            TokenWords.OrNull(device?.At("SerialNo")?.Text) ?? TokenWords.OrNull(element.Attribute("Id")),
            Base32.Write(bytes),
            TokenWords.OrNull(device?.At("Manufacturer")?.Text),
            TokenWords.OrNull(device?.At("Model")?.Text),
            seconds,
            digits,
            TokenWords.Algorithm(TokenWords.OrNull(suite?.Text) ?? suite?.Attribute("hashalgo")),
            KindOf(element.Attribute("Algorithm"), format?.Attribute("Encoding") ?? "DECIMAL"),
            TokenWords.Owner(element.At("UserId")?.Text) ?? TokenWords.Owner(device?.At("UserId")?.Text));
        CryptographicOperations.ZeroMemory(bytes);
        return null;
    }

    /// <summary>An element that RFC 6030 has once and a package twice; null where there is none.</summary>
    private static string? TwiceIn(XmlPart package) =>
        package.Twice("DeviceInfo", "Key")
        ?? package.At("DeviceInfo")?.Twice("SerialNo", "UserId")
        ?? package.At("Key")?.Twice("AlgorithmParameters", "Data", "UserId")
        ?? package.At("Key", "AlgorithmParameters")?.Twice("ResponseFormat", "Suite")
        ?? package.At("Key", "Data")?.Twice("Secret", "TimeInterval")
        ?? package.At("Key", "Data", "Secret")?.Twice("PlainValue", "EncryptedValue", "ValueMAC");

    private static TokenKind KindOf(string? algorithm, string encoding) =>
        (PskcCrypto.NameOf(algorithm), encoding.ToUpperInvariant()) switch
        {
            ("TOTP", "DECIMAL") => TokenKind.Totp,
            ("HOTP", "DECIMAL") => TokenKind.Hotp,
            _ => TokenKind.Other,
        };
}
