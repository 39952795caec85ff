using MfaPlan.Core.Rules;
using MfaPlan.Core.Sources;

namespace MfaPlan.Core.Checklists;

/// <summary>What the user source shows of the methods in use, counted; no personal data.</summary>
public sealed record SourceCounts
{
    /// <summary>Readable records.</summary>
    public int Users { get; init; }

    /// <summary>Records that could not be read: any of them may use anything.</summary>
    public int Damaged { get; init; }

    /// <summary>Phone call, without a PIN.</summary>
    public int PhoneCall { get; init; }

    /// <summary>Phone call with a PIN.</summary>
    public int PhoneCallPin { get; init; }

    /// <summary>Text message, without a PIN.</summary>
    public int TextMessage { get; init; }

    /// <summary>Text message with a PIN.</summary>
    public int TextMessagePin { get; init; }

    /// <summary>Text messages that are answered by text, with or without a PIN.</summary>
    public int TwoWay { get; init; }

    /// <summary>Mobile app, without a PIN.</summary>
    public int MobileApp { get; init; }

    /// <summary>Mobile app with a PIN.</summary>
    public int MobileAppPin { get; init; }

    /// <summary>OATH token.</summary>
    public int OathToken { get; init; }

    /// <summary>OATH tokens whose seed the plan's files hold.</summary>
    public int Seeds { get; init; }

    /// <summary>Users whose primary phone has an extension.</summary>
    public int Extensions { get; init; }

    /// <summary>Users with a second phone.</summary>
    public int BackupPhones { get; init; }

    /// <summary>Users for whom the source lists devices with the app.</summary>
    public int WithDevices { get; init; }

    /// <summary>Users for whom it lists more devices than Microsoft Entra takes.</summary>
    public int OverDeviceLimit { get; init; }

    /// <summary>Counts a source.</summary>
    public static SourceCounts Of(SourceData source)
    {
        ArgumentNullException.ThrowIfNull(source);
        var users = source.Users;
        return new SourceCounts
        {
            Users = users.Length,
            Damaged = source.DamagedRows,
            PhoneCall = Count(SourceMode.PhoneCall, withPin: false),
            PhoneCallPin = Count(SourceMode.PhoneCall, withPin: true),
            TextMessage = Count(SourceMode.TextMessage, withPin: false),
            TextMessagePin = Count(SourceMode.TextMessage, withPin: true),
            TwoWay = users.Count(static user => user is { Mode: SourceMode.TextMessage, TwoWay: true }),
            MobileApp = Count(SourceMode.MobileApp, withPin: false),
            MobileAppPin = Count(SourceMode.MobileApp, withPin: true),
            OathToken = users.Count(static user => user.Mode == SourceMode.OathToken),
            Seeds = source.Tokens.Length,
            Extensions = users.Count(static user => !user.Primary.IsEmpty && !string.IsNullOrWhiteSpace(user.Primary.Extension)),
            BackupPhones = users.Count(static user => !user.Backup.IsEmpty),
            WithDevices = users.Count(static user => !user.Devices.IsEmpty),
            OverDeviceLimit = users.Count(static user => user.Devices.Length > DeviceRule.Limit),
        };

        int Count(SourceMode mode, bool withPin) => users.Count(user => user.Mode == mode && user.WithPin == withPin);
    }
}
