using System.Collections.Immutable;
using MfaPlan.Core.Diagnostics;
using MfaPlan.Core.Sources;
using MfaPlan.Sources.Files;
using MfaPlan.Sources.Records;

namespace MfaPlan.Sources;

/// <summary>The files of an MFA Server: the user export and, beside it, the devices with the mobile app, which the export does not have.</summary>
/// <param name="users">The user export.</param>
/// <param name="devices">Devices, lines of <see cref="DeviceRecord"/>.</param>
public sealed class MfaServerFiles(InputFile users, InputFile devices) : IUserSource
{
    /// <summary>Reads both files; a device goes to the user whose username it names, case aside.</summary>
    /// <param name="cancel">Stops the reading.</param>
    /// <returns>
    /// The users with their devices; a damaged line of either file counts as a damaged row. A user with a damaged device is left out; a damaged
    /// line of devices without a username refuses the files.
    /// </returns>
    public async Task<Checked<SourceTable>> ReadAsync(CancellationToken cancel)
    {
        var table = await new MfaServerCsv(users).ReadAsync(cancel);
        var log = new RowLog(devices);
        var byUser = new Dictionary<string, ImmutableArray<SourceDevice>>(StringComparer.OrdinalIgnoreCase);
        var damaged = new DamagedNames(log);
        using var lines = new RecordLines<DeviceRecord>(log, DeviceRecord.CurrentFormat, damaged);
        var known = (table.Value?.Users ?? []).Select(static user => user.Username.Reveal()).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var nobodys = new List<long>();
        while (await lines.NextAsync(cancel) is { } record)
        {
            var username = record.Username.Trim();
            if (known.Contains(username))
            {
                byUser[username] =
                    [.. byUser.GetValueOrDefault(username, []), UserRecords.DeviceOf(record.Name, record.LastUsed, record.Created)];
            }
            else
            {
                nobodys.Add(lines.Row);
            }
        }

        if (table.Succeeded && nobodys.Count > 0)
        {
            log.OfFile(RecordDiagnostics.DeviceWithoutUserAt(devices.Path, nobodys));
        }

        damaged.RefuseWithoutName();
        var leftOut = new RowLog(users);
        var whole = ImmutableArray.CreateBuilder<SourceUser>();
        foreach (var user in table.Value?.Users ?? [])
        {
            if (damaged.RowOf(user.Username.Reveal()) is { } row)
            {
                leftOut.Damaged(SourceDiagnostics.UserDamagedAt(users.Path, user.Row, row, devices.Path));
            }
            else
            {
                whole.Add(user with { Devices = byUser.GetValueOrDefault(user.Username.Reveal(), []) });
            }
        }

        ImmutableArray<Diagnostic> diagnostics = [.. table.Diagnostics, .. log.ToDiagnostics(), .. leftOut.ToDiagnostics()];
        return table.Succeeded && !log.IsFatal
            ? new(
                new SourceTable(
                    whole.DrainToImmutable(),
                    table.Value.DamagedRows + log.DamagedRows + leftOut.DamagedRows,
                    table.Value.Inputs.SetItem(devices.Path, lines.Sha256)),
                diagnostics)
            : new(null, diagnostics);
    }
}
