using MfaPlan.Core.Diagnostics;
using MfaPlan.Core.Plans;
using MfaPlan.Core.Sources;
using MfaPlan.Sources.Phones;
using MfaPlan.Sources.Records;

namespace MfaPlan.Sources;

/// <summary>Reads the files of the on-premises side that a plan names.</summary>
public static class OnPremisesFiles
{
    /// <summary>The source of users that a plan names; null for one that is no file.</summary>
    /// <param name="source">The plan's source part.</param>
    /// <param name="locate">Where a path of the plan lies.</param>
    public static IUserSource? UsersOf(SourcePart source, Func<string, InputFile> locate) => source switch
    {
        { MfaServer: { Devices: { } devices } server } => new MfaServerFiles(locate(server.Users), locate(devices)),
        { MfaServer: { } server } => new MfaServerCsv(locate(server.Users)),
        { Records: { } records } => new UserRecords(locate(records)),
        { Export: { } export } => Of(export.Product, locate(export.File)),
        _ => null,
    };

    /// <summary>Reads users and overrides; each file is read once, and problems of both are told together.</summary>
    /// <param name="users">The users.</param>
    /// <param name="overrides">The overrides file, if the plan names one.</param>
    /// <param name="cancel">Stops the reading.</param>
    /// <returns>The data, or errors about a file as a whole.</returns>
    public static async Task<Checked<SourceData>> ReadAsync(IUserSource users, InputFile? overrides, CancellationToken cancel)
    {
        var read = await users.ReadAsync(cancel);
        var data = read.Succeeded ? new SourceData(read.Value.Users, read.Value.DamagedRows, [], read.Value.Inputs) : null;
        if (overrides is null)
        {
            return new(data, read.Diagnostics);
        }

        var named = await OverridesCsv.ReadAsync(overrides, cancel);
        return new(data is null || !named.Succeeded ? null : With(data, overrides, named.Value), [.. read.Diagnostics, .. named.Diagnostics]);
    }

    private static IUserSource Of(ExportProduct product, InputFile file) => product switch
    {
        ExportProduct.Duo => new DuoUsersJson(file),
        ExportProduct.Okta => new OktaUsersJson(file),
        _ => new PingIdCsv(file),
    };

    private static SourceData With(SourceData data, InputFile file, OverridesTable table) => data with
    {
        Overrides = table.Overrides,
        Inputs = data.Inputs.SetItem(file.Path, table.Sha256),
    };
}
