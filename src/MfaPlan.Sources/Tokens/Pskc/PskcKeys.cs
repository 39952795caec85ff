using System.Security.Cryptography;
using MfaPlan.Core.Diagnostics;
using MfaPlan.Core.Privacy;
using MfaPlan.Core.Sources.Tokens;

namespace MfaPlan.Sources.Tokens.Pskc;

/// <summary>Opens the encrypted values of one file.</summary>
/// <param name="path">The file.</param>
/// <param name="given">The pre-shared key or password, if the plan names one.</param>
internal sealed class PskcKeys(string path, Secret? given) : IDisposable
{
    private XmlPart? _encryptionKey;
    private XmlPart? _macMethod;
    private byte[]? _key;
    private byte[]? _macKey;

    /// <summary>A problem that no value of the file can escape.</summary>
    public Diagnostic? Problem { get; private set; }

    /// <summary>Takes the elements that describe the keys; they come before the first value.</summary>
    public void Describe(XmlPart part)
    {
        _encryptionKey = part.Is("EncryptionKey") ? part : _encryptionKey;
        _macMethod = part.Is("MACMethod") ? part : _macMethod;
    }

    /// <summary>Decrypts a value and proves it; null with the reason.</summary>
    /// <param name="secret">The element that holds <c>EncryptedValue</c> and <c>ValueMAC</c>.</param>
    /// <param name="problem">Why there is no value.</param>
    public byte[]? Open(XmlPart secret, out Diagnostic? problem)
    {
        problem = Problem ??= _key is null ? Prepare(secret.Line) : null;
        var encrypted = secret.At("EncryptedValue");
        var method = encrypted?.At("EncryptionMethod")?.Attribute("Algorithm");
        var data = PskcCrypto.Base64(encrypted?.At("CipherData", "CipherValue")?.Text);
        if (problem is not null || _key is null)
        {
            return null;
        }

        if (!PskcCrypto.IsSupported(method) || data is null)
        {
            problem = TokenDiagnostics.CryptoUnknownAt(path, secret.Line, "element EncryptedValue");
            return null;
        }

        var mac = PskcCrypto.Base64(secret.At("ValueMAC")?.Text);
        if (mac is null && !PskcCrypto.IsAuthenticated(method))
        {
            problem = TokenDiagnostics.MacMissingAt(path, secret.Line);
            return null;
        }

        if (mac is not null && !PskcCrypto.IsMacSupported(_macMethod?.Attribute("Algorithm")))
        {
            problem = TokenDiagnostics.CryptoUnknownAt(path, secret.Line, "element MACMethod");
            return null;
        }

        var plain = PskcCrypto.Decrypt(method, _key, data);
        if (plain is null || (mac is not null && !IsProved(mac, data, plain)))
        {
            problem = TokenDiagnostics.KeyWrongAt(path, secret.Line);
            return null;
        }

        return plain;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_key);
        CryptographicOperations.ZeroMemory(_macKey);
    }

    private Diagnostic? Prepare(long line)
    {
        if (given is null)
        {
            return TokenDiagnostics.KeyMissingAt(path);
        }

        var derived = _encryptionKey?.At("DerivedKey");
        _key = derived is null
            ? PskcCrypto.PreSharedKey(given)
            : PskcCrypto.DerivedKey(given, derived.At("KeyDerivationMethod", "PBKDF2-params"));
        if (_key is null)
        {
            return derived is null
                ? TokenDiagnostics.KeyWrongAt(path, line)
                : TokenDiagnostics.CryptoUnknownAt(path, derived.Line, "element DerivedKey");
        }

        // Without a MAC key of its own the encryption key serves (RFC 6030, section 6.1.1).
        var wrapped = _macMethod?.At("MACKey");
        var wrapping = wrapped?.At("EncryptionMethod")?.Attribute("Algorithm");
        var data = PskcCrypto.Base64(wrapped?.At("CipherData", "CipherValue")?.Text);
        if (wrapped is null)
        {
            _macKey = [.. _key];
            return null;
        }

        if (!PskcCrypto.IsSupported(wrapping) || data is null)
        {
            return TokenDiagnostics.CryptoUnknownAt(path, wrapped.Line, "element MACKey");
        }

        _macKey = PskcCrypto.Decrypt(wrapping, _key, data);
        return _macKey is null ? TokenDiagnostics.KeyWrongAt(path, wrapped.Line) : null;
    }

    /// <summary>RFC 6030 authenticates what was encrypted; some producers authenticate the value in clear.</summary>
    private bool IsProved(byte[] mac, byte[] data, byte[] plain)
    {
        var method = _macMethod?.Attribute("Algorithm");
        return _macKey is not null
            && (CryptographicOperations.FixedTimeEquals(mac, PskcCrypto.Mac(method, _macKey, data))
                || CryptographicOperations.FixedTimeEquals(mac, PskcCrypto.Mac(method, _macKey, plain)));
    }
}
