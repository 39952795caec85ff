using MfaPlan.Core.Diagnostics;
using MfaPlan.Core.Privacy;
using MfaPlan.Core.Sources;
using MfaPlan.Sources.Files;

namespace MfaPlan.Sources.Phones;

/// <summary>
/// Reads the report <em>User Detailed Status</em> of PingID: a row for each device, of which SMS and Voice carry a
/// phone. The primary device tells the user's mode and comes first.
/// </summary>
/// <param name="file">The file.</param>
/// <seealso href="https://docs.pingidentity.com"/>
public sealed class PingIdCsv(InputFile file) : IUserSource
{
    private const string UsernameColumn = "username";
    private const string TypeColumn = "deviceType";

    // A user who is suspended or never finished pairing cannot sign in there. Without the column nothing is known
    // against the user.
    private static readonly Words<bool> Status = new("status", true,
        "ACTIVE, NOT_ACTIVE, PENDING ACTIVATION, PENDING, SUSPENDED, or nothing",
        ("ACTIVE", true), ("NOT_ACTIVE", false), ("PENDING ACTIVATION", false), ("PENDING", false),
        ("SUSPENDED", false), ("", true));

    /// <summary>Reads the file.</summary>
    /// <param name="cancel">Stops the reading.</param>
    /// <returns>
    /// A user for each username, at the row of its first device. A user with a damaged row is left out; a damaged row without a username refuses
    /// the file.
    /// </returns>
    public async Task<Checked<SourceTable>> ReadAsync(CancellationToken cancel)
    {
        var log = new RowLog(file);
        using var rows = new CsvRows(log, cancel);
        if (!await rows.OpenAsync(UsernameColumn, TypeColumn))
        {
            return new(null, log.ToDiagnostics());
        }

        var damaged = new DamagedNames(log);
        var users = new Dictionary<string, User>(StringComparer.OrdinalIgnoreCase);
        while (await rows.NextAsync())
        {
            var username = rows.Cell(rows.IndexOf(UsernameColumn)).Trim();
            var problem = username.Length == 0 ? SourceDiagnostics.CellEmptyAt(file.Path, rows.Row, UsernameColumn) : null;
            var isEnabled = Status.Read(rows, rows.IndexOf(Status.Column), file.Path, ref problem);
            if (problem is not null)
            {
                log.Damaged(problem);
                damaged.Add(username, rows.Row);
                continue;
            }

            if (!users.TryGetValue(username, out var user))
            {
                users.Add(username, user = new User(rows.Row, username, isEnabled));
            }

            user.Add(
                rows.Cell(rows.IndexOf(TypeColumn)).Trim(),
                rows.Cell(rows.IndexOf("deviceRole")).Trim().Equals("Primary", StringComparison.OrdinalIgnoreCase),
                new SourcePhone(rows.Cell(rows.IndexOf("countryCode")), rows.Cell(rows.IndexOf("phoneNumber")), ""));
        }

        damaged.RefuseWithoutName();
        damaged.LeaveOut(users.Values.Select(static user => user.ToSource()));
        var whole = users.Values.Where(user => !log.IsDamaged(user.Row)).ToList();
        foreach (var user in whole.Where(static user => user.Phones.LeftOut > 0))
        {
            log.OfRow(SourceDiagnostics.PhonesLeftOutAt(file.Path, user.Row, user.Phones.LeftOut));
        }

        return log.Checked(() => SourceTable.Of(
            file, whole.Select(static user => user.ToSource()), log.DamagedRows, rows.Sha256));
    }

    private sealed class User(long row, string username, bool isEnabled)
    {
        private SourceMode _mode;

        public long Row => row;

        public UserPhones Phones { get; } = new();

        public void Add(string type, bool isPrimary, SourcePhone phone)
        {
            var mode = type.ToUpperInvariant() switch
            {
                "SMS" => SourceMode.TextMessage,
                "VOICE" => SourceMode.PhoneCall,
                "ANDROID" or "IPHONE" or "AUTHENTICATOR APP" => SourceMode.MobileApp,
                "HARDWARE TOKEN" => SourceMode.OathToken,
                _ => SourceMode.None,
            };
            _mode = isPrimary ? mode : _mode;
            if (mode is SourceMode.TextMessage or SourceMode.PhoneCall)
            {
                Phones.Add(phone, isPrimary);
            }
        }

        public SourceUser ToSource() => new(
            row, new PersonalName(username), _mode, TwoWay: false, WithPin: false,
            Phones.Primary, Phones.Backup, isEnabled, Sid: null);
    }
}
