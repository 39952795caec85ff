using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MfaPlan.Core.Plans;
using MfaPlan.Core.Rules;
using MfaPlan.Core.Sealing;
using MfaPlan.Core.Sources;
using MfaPlan.Core.Sources.Tokens;

namespace MfaPlan.Core.Planning;

/// <summary>A keyed fingerprint of a source record and of the settings that decide what is migrated of it. Nothing can be read back from it.</summary>
public static class SourceFingerprint
{
    /// <summary>The fingerprint, <c>f1:</c> and 32 hex digits.</summary>
    public static string Of(SourceUser source, ImmutableArray<OwnedToken> tokens, Migrate settings, ValueKey key)
    {
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"rules={RuleData.RulesVersion}|name={source.Username.Reveal()}"
            + $"|mode={source.Mode}{(source.TwoWay ? '2' : '1')}{(source.WithPin ? 'p' : '-')}"
            + $"|primary={source.Primary.CountryCode}/{source.Primary.Number}/{source.Primary.Extension}"
            + $"|backup={source.Backup.CountryCode}/{source.Backup.Number}/{source.Backup.Extension}"
            + $"|enabled={(source.Enabled ? '1' : '0')}|sid={source.Sid}"
            + $"|phone={settings.Phone.Existing}|backupPhone={settings.BackupPhone.Existing}|oathToken={settings.OathToken.Existing}"
            + $"|mobileApp={settings.MobileApp.SeedUnknown}|default={settings.DefaultMethod}")
            + string.Concat(source.Devices.Select(static device => "|device=" + device.Name?.Reveal()).Order(StringComparer.Ordinal))
            + string.Concat(tokens.Select(static token => $"|token={token.Token.Serial}/{token.Token.Fingerprint}/{token.Against}"));
        Span<byte> code = stackalloc byte[HMACSHA256.HashSizeInBytes];
        key.Hash(Encoding.UTF8.GetBytes(text), code);
        return "f1:" + Convert.ToHexStringLower(code[..16]);
    }
}
