using MfaPlan.Core.Sources;

namespace MfaPlan.Sources.Tests;

public sealed class CutOverExceptionsCsvTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rows_are_kept_as_written_in_whatever_order_the_columns_stand()
    {
        using var file = new TemporaryFile("expires;owner;user;reason\n2027-01-31; o@contoso.com ;scanner@contoso.com;\"Mail room; until spring\"\n");

        var table = await CutOverExceptionsCsv.ReadAsync(file.Input, Cancel);

        table.Diagnostics.ShouldBeEmpty();
        var row = table.Value!.Exceptions.ShouldHaveSingleItem();
        (row.Row, row.User.Reveal(), row.Owner.Reveal(), row.Reason, row.Expires).ShouldBe(
            (2, "scanner@contoso.com", "o@contoso.com", "Mail room; until spring", new DateOnly(2027, 1, 31)));
        table.Value.Sha256.Length.ShouldBe(64);
    }

    [Theory]
    [InlineData("a@x,,why,2027-01-31", "MFP5112@2")]
    [InlineData("a@x,o@x,,2027-01-31", "MFP5112@2")]
    [InlineData(",o@x,why,2027-01-31", "MFP5112@2")]
    [InlineData("a@x,o@x,why,", "MFP5112@2")]
    [InlineData("a@x,o@x,why,31.01.2027", "MFP5113@2")]
    [InlineData("a@x,o@x,why,2027-02-30", "MFP5113@2")]
    [InlineData("a@x,o@x,why", "MFP5108@2")]
    [InlineData("a@x,o@x,why,2027-01-31\nA@X,o@x,why,2028-01-31", "MFP5114@3")]
    public async Task A_row_that_lacks_something_or_stands_twice_accepts_nobody(string rows, string expected)
    {
        using var file = new TemporaryFile($"user,owner,reason,expires\n{rows}\n");

        var table = await CutOverExceptionsCsv.ReadAsync(file.Input, Cancel);

        Exports.CodesAndRows(table.Diagnostics).ShouldBe([expected]);
        table.Value!.Exceptions.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("user,owner,reason\na,b,c\n")]
    [InlineData("")]
    public async Task A_file_without_its_columns_gives_nothing(string text)
    {
        using var file = new TemporaryFile(text);

        var table = await CutOverExceptionsCsv.ReadAsync(file.Input, Cancel);

        table.Value.ShouldBeNull();
        table.Diagnostics.ShouldHaveSingleItem().Descriptor.ShouldBeOneOf(SourceDiagnostics.Columns, SourceDiagnostics.Empty);
    }
}
