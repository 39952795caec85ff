using MfaPlan.Core.Diagnostics;
using MfaPlan.Core.Matching;
using MfaPlan.Core.Privacy;
using MfaPlan.Core.Sources;
using MfaPlan.Sources.Files;

namespace MfaPlan.Sources.Records;

/// <summary>Reads users in MfaPlan's own format, <see cref="SourceRecord"/>: what comes from a source that no other reader knows.</summary>
/// <param name="file">The file.</param>
public sealed class UserRecords(InputFile file) : IUserSource
{
    /// <summary>Reads the file as a stream. A line that is not of the format is named, counted and left out, never guessed at.</summary>
    /// <param name="cancel">Stops the reading.</param>
    /// <returns>The users, or errors about the file as a whole; damaged lines are errors beside a value.</returns>
    public async Task<Checked<SourceTable>> ReadAsync(CancellationToken cancel)
    {
        var log = new RowLog(file);
        var damaged = new DamagedNames(log);
        using var lines = new RecordLines<SourceRecord>(log, SourceRecord.CurrentFormat, damaged);
        var firstRows = new Dictionary<string, long>(StringComparer.OrdinalIgnoreCase);
        var users = new List<SourceUser>();
        SecurityId? last = null;
        while (await lines.NextAsync(cancel) is { } record)
        {
            var username = record.Username.Trim();
            if (!firstRows.TryAdd(username, lines.Row))
            {
                var first = firstRows[username];
                log.Damaged(SourceDiagnostics.DuplicateAt(file.Path, lines.Row, first, "username"), first);
            }
            else if (Misfit(record, lines.Row) is { } problem)
            {
                log.Damaged(problem);
            }
            else
            {
                users.Add(UserOf(record, username, lines.Row, ref last));
            }
        }

        damaged.LeaveOut(users);
        return log.Checked(() => SourceTable.Of(
            file, users.Where(user => !log.IsDamaged(user.Row)), log.DamagedRows, lines.Sha256));
    }

    /// <summary>What a record of the right form may still get wrong.</summary>
    private Diagnostic? Misfit(SourceRecord record, long row) => record switch
    {
        { TwoWay: true, Mode: not SourceMode.TextMessage } =>
            RecordDiagnostics.WrongMemberAt(file.Path, row, "twoWay", "false, or mode be textMessage"),
        { Pin: true, Mode: SourceMode.None } => RecordDiagnostics.WrongMemberAt(file.Path, row, "pin", "false, or mode name a method"),
        { Sid: { } sid } when !SidText.IsSid(sid.Trim()) =>
            RecordDiagnostics.WrongMemberAt(file.Path, row, "sid", "a security identifier such as \"S-1-5-21-1004336348-1177238915-682003330-1101\""),
        _ => null,
    };

    private static SourceUser UserOf(SourceRecord record, string username, long row, ref SecurityId? last) => new(
        row,
        new PersonalName(username),
        record.Mode,
        record.TwoWay,
        record.Pin,
        PhoneOf(record.Phone),
        PhoneOf(record.BackupPhone),
        record.Enabled,
        record.Sid is { } sid ? last = SecurityId.Of(sid.Trim(), last) : null)
    {
        AsOf = record.AsOf,
        Devices = [.. record.Devices.Select(static device => DeviceOf(device.Name, device.LastUsed, device.Created))],
    };

    private static SourcePhone PhoneOf(RecordPhone? phone) =>
        phone is null ? SourcePhone.None : new SourcePhone(phone.CountryCode ?? "", phone.Number, phone.Extension ?? "");

    /// <summary>A device as the planner knows it; a blank name is none.</summary>
    internal static SourceDevice DeviceOf(string? name, DateTimeOffset? lastUsed, DateTimeOffset? created) =>
        new(string.IsNullOrWhiteSpace(name) ? null : new PersonalName(name.Trim()), lastUsed, created);
}
