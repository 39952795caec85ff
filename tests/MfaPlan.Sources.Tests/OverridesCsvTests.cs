using MfaPlan.Core.Diagnostics;
using MfaPlan.Core.Sources;

namespace MfaPlan.Sources.Tests;

public sealed class OverridesCsvTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rows_are_kept_as_written()
    {
        using var file = new TemporaryFile("Source;Entra\nCORP\\alice; alice@contoso.com\nbob;0f000000-0000-0000-0000-000000000001\n");

        var table = await OverridesCsv.ReadAsync(file.Input, Cancel);

        table.Diagnostics.ShouldBeEmpty();
        table.Value!.Overrides.Select(row => (row.Row, row.Entra.Reveal(), row.Source.Reveal())).ShouldBe(
            [(2, "alice@contoso.com", "CORP\\alice"), (3, "0f000000-0000-0000-0000-000000000001", "bob")]);
    }

    [Fact]
    public async Task A_name_that_stands_twice_on_either_side_refuses_the_file_for_nobody_knows_who_is_meant()
    {
        using var file = new TemporaryFile("entra,source\na@x,a\nb@x,b\nA@X,c\nd@x,B\ne@x,e\n,f\n");

        var table = await OverridesCsv.ReadAsync(file.Input, Cancel);

        Exports.CodesAndRows(table.Diagnostics).ShouldBe(["MFP5114@4", "MFP5114@5", "MFP5112@7", "MFP5119"], ignoreOrder: true);
        table.Value.ShouldBeNull();
    }

    [Fact]
    public async Task Users_and_overrides_are_read_together_and_all_problems_told()
    {
        using var users = new TemporaryFile("Username,Mode\nalice,Phone Call\nbob,Nonsense\n");
        using var overrides = new TemporaryFile("entra,source\na@x,alice\n");

        var data = await OnPremisesFiles.ReadAsync(Users(users.Path), Overrides(overrides.Path), Cancel);
        var without = await OnPremisesFiles.ReadAsync(Users(users.Path), null, Cancel);
        var missing = await OnPremisesFiles.ReadAsync(Users(users.Path + "x"), Overrides(overrides.Path + "x"), Cancel);

        data.Value!.Users.Length.ShouldBe(1);
        data.Value.Overrides.Length.ShouldBe(1);
        data.Value.DamagedRows.ShouldBe(1);
        data.Value.Inputs.Keys.ShouldBe(["export/overrides.csv", "export/users.csv"]);
        without.Value!.Inputs.Keys.ShouldBe(["export/users.csv"]);
        missing.Succeeded.ShouldBeFalse();
        missing.Diagnostics.Select(diagnostic => diagnostic.Descriptor).ShouldBe([SourceDiagnostics.Missing, SourceDiagnostics.Missing]);
        missing.Diagnostics.Select(diagnostic => ((Location.InFile)diagnostic.Location).Path).ShouldBe(
            ["export/users.csv", "export/overrides.csv"], "The path is shown as the plan writes it.");
    }

    private static MfaServerCsv Users(string path) => new(new InputFile("export/users.csv", path));

    private static InputFile Overrides(string path) => new("export/overrides.csv", path);
}
