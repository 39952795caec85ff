using System.Collections.Immutable;
using MfaPlan.Core.Diagnostics;
using MfaPlan.Core.Matching;
using MfaPlan.Core.Privacy;
using MfaPlan.Core.Sources;
using MfaPlan.Sources.Files;

namespace MfaPlan.Sources;

/// <summary>Reads the user export of Azure MFA Server.</summary>
/// <param name="file">The file.</param>
/// <remarks>The header is the one seen in public: 56 columns, of which Username and Mode must be there.</remarks>
public sealed class MfaServerCsv(InputFile file) : IUserSource
{
    private const string UsernameColumn = "Username";

    private static readonly ImmutableHashSet<string> KnownColumns = ImmutableHashSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "Username", "First Name", "Last Name", "Email Address", "User Group",
        "Primary Country Code", "Primary Phone", "Primary Extension", "Backup Country Code",
        "Backup Phone", "Backup Extension", "Mode", "Phone Call Mode", "SMS Direction", "SMS Mode", "Mobile App Mode", "PIN",
        "User Disabled", "Enabled",
        "Enable Global Services", "User Can Change Phone", "Keep Phone Synchronized", "User Must Change PIN",
        "Override PIN Rules", "User Can Change PIN", "Minimum PIN Length", "Prevent Weak PINs", "PIN Expiration Days",
        "Historical PINs", "Phone Call Language", "Text Message Language", "Mobile App Language", "OATH Token Language",
        "Tags", "Administrator", "Administers", "Admin Tags", "Admin Add User", "Admin One-Time Bypass",
        "Admin Bypass Seconds", "Admin Change Method", "Admin Change Mode", "Admin Change Phone", "Admin Change PIN",
        "Admin Change Language", "Admin User Information", "Admin OATH Token", "Admin Enable/Disable",
        "Admin Block/Unblock User", "Admin Remove User", "Admin Test Authentication", "Admin Activate Mobile App",
        "Admin Deactivate Mobile App", "Admin Verify Security Questions", "Admin Receive Notifications", "SID");

    private static readonly Words<SourceMode> Mode = new("Mode", SourceMode.None,
        "Phone Call, Text Message, Mobile App, OATH Token, or nothing",
        ("Phone Call", SourceMode.PhoneCall), ("Text Message", SourceMode.TextMessage),
        ("Mobile App", SourceMode.MobileApp), ("OATH Token", SourceMode.OathToken),
        ("voiceCall", SourceMode.PhoneCall), ("smsText", SourceMode.TextMessage),
        ("phoneApp", SourceMode.MobileApp), ("oathToken", SourceMode.OathToken),
        ("invalid", SourceMode.None), ("unspecified", SourceMode.None), ("", SourceMode.None));

    // Voiceprint and Return PIN come from builds of the PhoneFactor days. Each word says whether a PIN was asked for.
    private static readonly Words<bool> CallMode = new(
        "Phone Call Mode", false, "Standard, PIN, Return PIN, Voiceprint, or nothing",
        ("Standard", false), ("PIN", true), ("Return PIN", true), ("returnPin", true),
        ("Voiceprint", false), ("", false));

    private static readonly Words<bool> AppMode = new("Mobile App Mode", false, "Standard, PIN, Voiceprint, or nothing",
        ("Standard", false), ("PIN", true), ("Voiceprint", false),
        ("invalid", false), ("unspecified", false), ("", false));

    private static readonly Words<bool> SmsMode = new("SMS Mode", false, "OTP, OTP + PIN, or nothing",
        ("OTP", false), ("OTP+PIN", true), ("otpPlusPin", true),
        ("invalid", false), ("unspecified", false), ("", false));

    private static readonly Words<bool> SmsDirection = new("SMS Direction", false, "One-Way, Two-Way, or nothing",
        ("One-Way", false), ("Two-Way", true), ("oneWay", false), ("twoWay", true),
        ("invalid", false), ("unspecified", false), ("", false));

    private static readonly Words<bool> Enabled =
        new("Enabled", true, "TRUE or FALSE", ("TRUE", true), ("FALSE", false));

    /// <summary>
    /// Reads the file as a stream. A row that cannot be trusted is named, counted and left out, never guessed at; cells
    /// that look like formulas are data like any other.
    /// </summary>
    /// <param name="cancel">Stops the reading.</param>
    /// <returns>The users, or errors about the file as a whole; damaged rows are errors beside a value.</returns>
    public async Task<Checked<SourceTable>> ReadAsync(CancellationToken cancel)
    {
        var log = new RowLog(file);
        using var rows = new CsvRows(log, cancel);
        if (!await rows.OpenAsync(UsernameColumn, Mode.Column))
        {
            return new(null, log.ToDiagnostics());
        }

        var unknown = rows.Columns
            .Except(KnownColumns, StringComparer.OrdinalIgnoreCase)
            .Order(StringComparer.Ordinal)
            .ToList();
        if (unknown.Count > 0)
        {
            log.OfFile(SourceDiagnostics.ColumnsUnknownAt(file.Path, unknown));
        }

        var reader = new UserReader(rows, log);
        var firstRows = new Dictionary<string, long>(StringComparer.OrdinalIgnoreCase);
        var users = new List<SourceUser>();
        while (await rows.NextAsync())
        {
            var user = reader.Read(out var username);
            if (username.Length > 0 && !firstRows.TryAdd(username, rows.Row))
            {
                var first = firstRows[username];
                log.Damaged(SourceDiagnostics.DuplicateAt(file.Path, rows.Row, first, UsernameColumn), first);
            }
            else if (user is not null)
            {
                users.Add(user);
            }
        }

        if (reader.OtherIdentifiers > 0)
        {
            log.OfFile(RecordDiagnostics.NotSidsAt(file.Path, reader.OtherIdentifiers));
        }

        return log.Checked(() => SourceTable.Of(
            file, users.Where(user => !log.IsDamaged(user.Row)), log.DamagedRows, rows.Sha256));
    }

    /// <summary>Makes a user from the current row, with the texts shared that many users have in common.</summary>
    private sealed class UserReader(CsvRows rows, RowLog log)
    {
        private readonly int _username = rows.IndexOf(UsernameColumn);
        private readonly int _mode = rows.IndexOf(Mode.Column);
        private readonly int _callMode = rows.IndexOf(CallMode.Column);
        private readonly int _appMode = rows.IndexOf(AppMode.Column);
        private readonly int _smsMode = rows.IndexOf(SmsMode.Column);
        private readonly int _smsDirection = rows.IndexOf(SmsDirection.Column);
        private readonly int _enabled = rows.IndexOf(Enabled.Column);
        private readonly int _sid = rows.IndexOf("SID");
        private readonly (int Country, int Number, int Extension) _primary = PhoneColumns(rows, "Primary");
        private readonly (int Country, int Number, int Extension) _backup = PhoneColumns(rows, "Backup");
        private readonly Dictionary<string, string> _shared = new(StringComparer.Ordinal);
        private SecurityId? _lastSid;

        /// <summary>How many rows hold an identifier that is no SID.</summary>
        public long OtherIdentifiers { get; private set; }

        /// <summary>Gives the user, or null after telling the log why not.</summary>
        public SourceUser? Read(out string username)
        {
            username = rows.Cell(_username).Trim();
            var problem = username.Length == 0
                ? SourceDiagnostics.CellEmptyAt(log.Path, rows.Row, UsernameColumn)
                : null;
            var mode = Mode.Read(rows, _mode, log.Path, ref problem);
            var callPin = CallMode.Read(rows, _callMode, log.Path, ref problem);
            var smsTwoWay = SmsDirection.Read(rows, _smsDirection, log.Path, ref problem);
            var smsPin = SmsMode.Read(rows, _smsMode, log.Path, ref problem);
            var appPin = AppMode.Read(rows, _appMode, log.Path, ref problem);
            var enabled = Enabled.Read(rows, _enabled, log.Path, ref problem);
            var sid = SidOf(rows.Cell(_sid).Trim(), ref problem);
            if (problem is not null)
            {
                log.Damaged(problem);
                return null;
            }

            return new SourceUser(
                rows.Row,
                new PersonalName(username),
                mode,
                TwoWay: mode is SourceMode.TextMessage && smsTwoWay,
                WithPin: mode switch
                {
                    SourceMode.PhoneCall => callPin,
                    SourceMode.TextMessage => smsPin,
                    SourceMode.MobileApp => appPin,
                    _ => false,
                },
                Phone(_primary),
                Phone(_backup),
                enabled,
                sid);
        }

        /// <summary>
        /// The SID; null for nothing, and for the other identifier that stands here where the server finds its users by LDAP.
        /// </summary>
        private SecurityId? SidOf(string cell, ref Diagnostic? problem)
        {
            if (SidText.IsSid(cell))
            {
                return _lastSid = SecurityId.Of(cell, _lastSid);
            }

            if (SidText.IsMeant(cell))
            {
                problem ??= SourceDiagnostics.CellValueAt(log.Path, rows.Row, "SID", "a whole SID such as S-1-5-21-1-2-3-1101, or nothing");
            }
            else if (cell.Length > 0)
            {
                OtherIdentifiers++;
            }

            return null;
        }

        private SourcePhone Phone((int Country, int Number, int Extension) columns)
        {
            var number = rows.Cell(columns.Number);
            return string.IsNullOrWhiteSpace(number)
                ? SourcePhone.None
                : new SourcePhone(Shared(rows.Cell(columns.Country)), number, Shared(rows.Cell(columns.Extension)));
        }

        /// <summary>One copy of a short text; longer ones are not worth a place in the table.</summary>
        private string Shared(string text)
        {
            if (text.Length > 6)
            {
                return text;
            }

            _shared.TryAdd(text, text);
            return _shared[text];
        }

        private static (int Country, int Number, int Extension) PhoneColumns(CsvRows rows, string slot) =>
            (rows.IndexOf($"{slot} Country Code"), rows.IndexOf($"{slot} Phone"), rows.IndexOf($"{slot} Extension"));
    }
}
