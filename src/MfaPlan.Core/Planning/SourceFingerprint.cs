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
        var text = new StringBuilder(256)
            .Append("rules=").Append(RuleData.RulesVersion.ToString(CultureInfo.InvariantCulture))
            .Append("|name=").Append(source.Username.Reveal())
            .Append("|mode=").Append(source.Mode).Append(source.TwoWay ? "2" : "1").Append(source.WithPin ? "p" : "-")
            .Append("|primary=").Append(Phone(source.Primary))
            .Append("|backup=").Append(Phone(source.Backup))
            .Append("|enabled=").Append(source.Enabled ? '1' : '0')
            .Append("|sid=").Append(source.Sid)
            .Append("|phone=").Append(settings.Phone.Existing)
            .Append("|backupPhone=").Append(settings.BackupPhone.Existing)
            .Append("|oathToken=").Append(settings.OathToken.Existing)
            .Append("|mobileApp=").Append(settings.MobileApp.SeedUnknown)
            .Append("|default=").Append(settings.DefaultMethod);
        foreach (var (token, against) in tokens)
        {
            text.Append("|token=").Append(token.Serial).Append('/').Append(token.Fingerprint).Append('/').Append(against);
        }

        Span<byte> code = stackalloc byte[HMACSHA256.HashSizeInBytes];
        key.Hash(Encoding.UTF8.GetBytes(text.ToString()), code);
        return "f1:" + Convert.ToHexStringLower(code[..16]);
    }

    private static string Phone(SourcePhone phone) => $"{phone.CountryCode}/{phone.Number}/{phone.Extension}";
}
