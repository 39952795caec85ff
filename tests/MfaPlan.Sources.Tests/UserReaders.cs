using System.Collections.Immutable;
using MfaPlan.Core.Diagnostics;
using MfaPlan.Sources.Phones;
using MfaPlan.Sources.Records;

namespace MfaPlan.Sources.Tests;

/// <summary>Every reader of users, by the name of its folder in <c>corpus</c>.</summary>
internal static class UserReaders
{
    private const string DeviceOwners = "Username,Mode\nalice,Mobile App\nbob,Mobile App\n";

    public static ImmutableSortedDictionary<string, Func<InputFile, CancellationToken, Task<Checked<SourceTable>>>> All { get; } =
        new Dictionary<string, Func<InputFile, CancellationToken, Task<Checked<SourceTable>>>>(StringComparer.Ordinal)
        {
            ["users"] = static (file, cancel) => new MfaServerCsv(file).ReadAsync(cancel),
            ["overrides"] = ReadOverridesAsync,
            ["records"] = static (file, cancel) => new UserRecords(file).ReadAsync(cancel),
            ["devices"] = ReadDevicesAsync,
            ["duo"] = static (file, cancel) => new DuoUsersJson(file).ReadAsync(cancel),
            ["okta"] = static (file, cancel) => new OktaUsersJson(file).ReadAsync(cancel),
            ["pingid"] = static (file, cancel) => new PingIdCsv(file).ReadAsync(cancel),
        }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>Reads bytes as a reader's file.</summary>
    public static async Task<Checked<SourceTable>> ReadAsync(string reader, byte[] bytes, CancellationToken cancel)
    {
        using var file = new TemporaryFile(bytes);
        return await All[reader](file.Input, cancel);
    }

    private static async Task<Checked<SourceTable>> ReadOverridesAsync(InputFile file, CancellationToken cancel)
    {
        var read = await OverridesCsv.ReadAsync(file, cancel);
        return new(read.Succeeded ? SourceTable.Of(file, [], damagedRows: 0, read.Value.Sha256) : null, read.Diagnostics);
    }

    private static async Task<Checked<SourceTable>> ReadDevicesAsync(InputFile file, CancellationToken cancel)
    {
        using var users = new TemporaryFile(DeviceOwners);
        return await new MfaServerFiles(new InputFile("users.csv", users.Path), file).ReadAsync(cancel);
    }
}
