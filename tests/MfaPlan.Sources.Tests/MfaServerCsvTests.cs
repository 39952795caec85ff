using System.Security.Cryptography;
using System.Text;
using MfaPlan.Core.Sources;

namespace MfaPlan.Sources.Tests;

public sealed class MfaServerCsvTests
{
    private const string Small = "Username,Mode,Phone Call Mode,SMS Direction,SMS Mode,Mobile App Mode,Enabled,Primary Country Code,Primary Phone,Primary Extension\n";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_real_row_is_read_whole()
    {
        var bytes = Encoding.UTF8.GetPreamble().Concat(Encoding.UTF8.GetBytes($"{Exports.Header}\r\n{Exports.Row(7)}\r\n")).ToArray();
        using var file = new TemporaryFile(bytes);

        var table = await new MfaServerCsv(file.Input).ReadAsync(Cancel);

        table.Diagnostics.ShouldBeEmpty();
        var user = table.Value!.Users.ShouldHaveSingleItem();
        user.Row.ShouldBe(2);
        user.Username.Reveal().ShouldBe("user000007@contoso.com");
        user.Mode.ShouldBe(SourceMode.PhoneCall);
        user.Primary.ShouldBe(new SourcePhone("44", "7472250007", ""));
        user.Backup.ShouldBeSameAs(SourcePhone.None);
        user.Enabled.ShouldBeTrue();
        user.TwoWay.ShouldBeFalse();
        user.WithPin.ShouldBeFalse();
        user.Sid.ToString().ShouldBe("S-1-5-21-1111111111-2222222222-3333333333-7");
        table.Value.Inputs["input"].ShouldBe(Convert.ToHexStringLower(SHA256.HashData(bytes)));
        table.Value.DamagedRows.ShouldBe(0);
    }

    [Theory]
    [InlineData("Phone Call", SourceMode.PhoneCall)]
    [InlineData("text message", SourceMode.TextMessage)]
    [InlineData("MOBILE APP", SourceMode.MobileApp)]
    [InlineData("OATH Token", SourceMode.OathToken)]
    [InlineData("smsText", SourceMode.TextMessage)]
    [InlineData(" Phone Call ", SourceMode.PhoneCall)]
    [InlineData("", SourceMode.None)]
    [InlineData("unspecified", SourceMode.None)]
    public async Task Modes_are_read_in_any_case(string mode, SourceMode expected) =>
        (await OneAsync($"alice,{mode},,,,,TRUE,,,")).Mode.ShouldBe(expected);

    [Theory]
    [InlineData("Phone Call,PIN,One-Way,OTP,Standard", false, true)]
    [InlineData("Phone Call,Standard,Two-Way,OTP + PIN,PIN", false, false)]
    [InlineData("Text Message,PIN,Two-Way,OTP,PIN", true, false)]
    [InlineData("Text Message,Standard,two-way,otp+pin,Standard", true, true)]
    [InlineData("Text Message,Standard,One-Way,OTP  +PIN,Standard", false, true)]
    [InlineData("Mobile App,Standard,One-Way,OTP,PIN", false, true)]
    [InlineData("OATH Token,PIN,Two-Way,OTP+PIN,PIN", false, false)]
    public async Task Only_the_mode_in_use_decides_about_PIN_and_direction(string modes, bool twoWay, bool withPin)
    {
        var user = await OneAsync($"alice,{modes},TRUE,,,");

        user.TwoWay.ShouldBe(twoWay);
        user.WithPin.ShouldBe(withPin);
    }

    [Theory]
    [InlineData("alice,Carrier Pigeon,,,,,TRUE,,,", "MFP5113@2")]
    [InlineData("alice,Phone Call,Shout,,,,TRUE,,,", "MFP5113@2")]
    [InlineData("alice,Phone Call,,Up,,,TRUE,,,", "MFP5113@2")]
    [InlineData("alice,Phone Call,,,Morse,,TRUE,,,", "MFP5113@2")]
    [InlineData("alice,Phone Call,,,,Maybe,TRUE,,,", "MFP5113@2")]
    [InlineData("alice,Phone Call,,,,,perhaps,,,", "MFP5113@2")]
    [InlineData("alice,Phone Call,,,,,,,,", "MFP5113@2")]
    [InlineData(" ,Phone Call,,,,,TRUE,,,", "MFP5112@2")]
    [InlineData("alice,Phone Call,,,,,TRUE,,", "MFP5108@2")]
    [InlineData("alice,Phone Call,,,,,TRUE,,,,", "MFP5108@2")]
    [InlineData("alice", "MFP5108@2")]
    [InlineData("alice\0,Phone Call,,,,,TRUE,,,", "MFP5110@2")]
    [InlineData("ali\"c\"e,Phone Call,,,,,TRUE,,,", "MFP5109@2")]
    [InlineData("\"alice\"x,Phone Call,,,,,TRUE,,,", "MFP5109@2")]
    [InlineData("\"alice,Phone Call,,,,,TRUE,,,", "MFP5109@2")]
    public async Task A_damaged_row_is_named_counted_and_its_neighbours_are_read(string row, string expected)
    {
        using var file = new TemporaryFile($"{Small}{row}\nbob,Phone Call,,,,,TRUE,,,\n");

        var table = await new MfaServerCsv(file.Input).ReadAsync(Cancel);

        Exports.CodesAndRows(table.Diagnostics).ShouldBe([expected]);
        table.Value!.DamagedRows.ShouldBe(1);
        table.Value.Users.Select(user => (user.Row, user.Username.Reveal())).ShouldBe([(3, "bob")]);
    }

    [Fact]
    public async Task A_lost_quotation_mark_costs_one_row_and_not_the_rest_of_the_file()
    {
        var rows = Enumerable.Range(0, 5000).Select(i => i == 1000 ? $"\"{Exports.Row(i)}" : Exports.Row(i));
        using var file = new TemporaryFile($"{Exports.Header}\r\n{string.Join("\r\n", rows)}");

        var table = await new MfaServerCsv(file.Input).ReadAsync(Cancel);

        Exports.CodesAndRows(table.Diagnostics).ShouldBe(["MFP5109@1002"]);
        table.Value!.Users.Length.ShouldBe(4999);
        table.Value.Users.Select(user => user.Row).ShouldBe(Enumerable.Range(2, 5000).Where(row => row != 1002).Select(row => (long)row));
    }

    [Fact]
    public async Task Two_lost_quotation_marks_do_not_make_one_row_of_all_between()
    {
        // By the grammar of CSV these are two rows of three cells, of which the first has the rows of bob inside a cell.
        using var file = new TemporaryFile("Username,Tags,Mode\nalice,\"x,Phone Call\nbob,y,Phone Call\ncarol,z\",Phone Call\ndave,,Phone Call\n");

        var table = await new MfaServerCsv(file.Input).ReadAsync(Cancel);

        table.Value!.Users.Select(user => (user.Row, user.Username.Reveal())).ShouldBe([(3, "bob"), (5, "dave")]);
        Exports.CodesAndRows(table.Diagnostics).ShouldBe(["MFP5109@2", "MFP5109@4"]);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public async Task Blank_and_damaged_lines_count_in_the_numbers(string end)
    {
        var text = "Username,Mode,Tags\n\nalice,Phone Call,\"one\ntwo\"\n\nbob,Phone Call,\"say \"\"hi\"\", twice\"\n\n\nNUL\0\ncarol,Phone Call,\n";
        using var file = new TemporaryFile(text.Replace("\n", end, StringComparison.Ordinal));

        var table = await new MfaServerCsv(file.Input).ReadAsync(Cancel);

        table.Value!.Users.Select(user => (user.Row, user.Username.Reveal())).ShouldBe([(6, "bob"), (10, "carol")]);
        Exports.CodesAndRows(table.Diagnostics).ShouldBe(["MFP5109@3", "MFP5109@4", "MFP5110@9"]);
    }

    [Theory]
    [InlineData(';')]
    [InlineData('\t')]
    public async Task The_delimiter_is_seen_in_the_header(char delimiter)
    {
        using var file = new TemporaryFile("Mode, USERNAME ,Backup Phone\nMobile App,alice,123\n".Replace(',', delimiter));

        var table = await new MfaServerCsv(file.Input).ReadAsync(Cancel);

        var user = table.Value!.Users.ShouldHaveSingleItem();
        user.Username.Reveal().ShouldBe("alice");
        user.Backup.ShouldBe(new SourcePhone("", "123", ""));
        user.Enabled.ShouldBeTrue();
    }

    [Fact]
    public async Task Formulas_are_data()
    {
        using var file = new TemporaryFile("Username,Mode\n=cmd|' /C calc'!A0,Phone Call\n@alice,Phone Call\n+bob,Phone Call\n-carol,Phone Call\n");

        var table = await new MfaServerCsv(file.Input).ReadAsync(Cancel);

        table.Diagnostics.ShouldBeEmpty();
        table.Value!.Users.Select(user => user.Username.Reveal()).ShouldBe(["=cmd|' /C calc'!A0", "@alice", "+bob", "-carol"]);
    }

    [Fact]
    public async Task Columns_nobody_knows_are_named_once()
    {
        using var file = new TemporaryFile("Username,Mode,Shoe Size,Email Address,Colour\nalice,Phone Call,44,,red\n");

        var table = await new MfaServerCsv(file.Input).ReadAsync(Cancel);

        var info = table.Diagnostics.ShouldHaveSingleItem();
        info.Descriptor.ShouldBe(SourceDiagnostics.ColumnsUnknown);
        info.Message.ShouldContain("\"Colour\", \"Shoe Size\"");
        info.Message.ShouldNotContain("Email");
    }

    [Theory]
    [InlineData("Colour", "not use: \"Colour\". Nothing")]
    [InlineData("Colour,2065550101,2065550102", "not use: \"Colour\" and 2 more. Nothing")]
    [InlineData("2065550101", "not use: 1, not named here because their headings may be data. Nothing")]
    public async Task Of_columns_that_may_be_data_only_their_number_is_told(string columns, string expected)
    {
        using var file = new TemporaryFile($"Username,Mode,{columns}\n");

        var table = await new MfaServerCsv(file.Input).ReadAsync(Cancel);

        table.Diagnostics.ShouldHaveSingleItem().Message.ShouldContain(expected);
    }

    [Fact]
    public async Task Of_two_rows_with_one_name_neither_is_used()
    {
        using var file = new TemporaryFile("Username,Mode\nalice,Phone Call\nbob,Phone Call\nALICE,Mobile App\nalice,Nonsense\n");

        var table = await new MfaServerCsv(file.Input).ReadAsync(Cancel);

        Exports.CodesAndRows(table.Diagnostics).ShouldBe(["MFP5114@4", "MFP5113@5", "MFP5114@5"]);
        table.Diagnostics[0].Message.ShouldStartWith("Row 4 and row 2 ");
        table.Value!.DamagedRows.ShouldBe(3);
        table.Value.Users.Single().Username.Reveal().ShouldBe("bob");
    }

    [Fact]
    public async Task After_a_hundred_damaged_rows_the_rest_is_counted()
    {
        using var file = new TemporaryFile("Username,Mode\n" + string.Concat(Enumerable.Range(0, 250).Select(i => $"user{i},Nonsense\n")));

        var table = await new MfaServerCsv(file.Input).ReadAsync(Cancel);

        table.Value!.DamagedRows.ShouldBe(250);
        table.Diagnostics.Length.ShouldBe(101);
        table.Diagnostics[^1].Descriptor.ShouldBe(SourceDiagnostics.MoreRows);
        table.Diagnostics[^1].Message.ShouldStartWith("150 more rows");
    }

    [Theory]
    [InlineData("", "MFP5103")]
    [InlineData("alice@contoso.com,+44 7700 900123\nbob,1\n", "MFP5105")]
    [InlineData("Username\nalice\n", "MFP5105")]
    [InlineData("Username,Mode,username\nalice,,\n", "MFP5106")]
    public async Task A_file_without_a_usable_header_is_refused(string text, string code)
    {
        using var file = new TemporaryFile(text);

        var table = await new MfaServerCsv(file.Input).ReadAsync(Cancel);

        table.Succeeded.ShouldBeFalse();
        Exports.CodesAndRows(table.Diagnostics).ShouldBe([code]);
        table.Diagnostics[0].Message.ShouldNotContain("alice");
    }

    [Fact]
    public async Task A_missing_file_and_a_folder_are_told_apart()
    {
        using var file = new TemporaryFile("x");

        var missing = await new MfaServerCsv(new InputFile("users.csv", Path.Combine(file.Folder, "nowhere", "users.csv"))).ReadAsync(Cancel);
        var folder = await new MfaServerCsv(new InputFile("users.csv", file.Folder)).ReadAsync(Cancel);

        Exports.CodesAndRows(missing.Diagnostics).ShouldBe(["MFP5100"]);
        Exports.CodesAndRows(folder.Diagnostics).ShouldBe(["MFP5102"]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task UTF_16_is_read_where_a_mark_says_so(bool bigEndian)
    {
        var encoding = new UnicodeEncoding(bigEndian, byteOrderMark: true);
        using var file = new TemporaryFile([.. encoding.GetPreamble(), .. encoding.GetBytes("Username\tMode\r\nJürgen\tPhone Call\r\n")]);

        var table = await new MfaServerCsv(file.Input).ReadAsync(Cancel);

        table.Value!.Users.Single().Username.Reveal().ShouldBe("Jürgen");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(65_530)]
    [InlineData(200_000)]
    public async Task A_byte_that_is_no_UTF_8_is_named_by_its_offset(int padding)
    {
        var head = Encoding.UTF8.GetBytes("Username,Mode\n" + string.Concat(Enumerable.Range(0, padding / 20).Select(i => $"u{i:D7},Phone Call\n")) + new string('x', padding % 20) + "J");
        using var file = new TemporaryFile([.. head, 0xFC, .. "rgen,Phone Call\n"u8]);

        var table = await new MfaServerCsv(file.Input).ReadAsync(Cancel);

        table.Succeeded.ShouldBeFalse();
        table.Diagnostics[0].Descriptor.ShouldBe(SourceDiagnostics.Encoding);
        table.Diagnostics[0].Message.ShouldContain($"offset {head.Length} ");
    }

    [Fact]
    public async Task UTF_16_without_a_mark_is_refused_rather_than_guessed()
    {
        using var file = new TemporaryFile(Encoding.Unicode.GetBytes("Username,Mode\nalice,Phone Call\n"));

        Exports.CodesAndRows((await new MfaServerCsv(file.Input).ReadAsync(Cancel)).Diagnostics).ShouldBe(["MFP5104"]);
    }

    [Theory]
    [InlineData(32_768, "")]
    [InlineData(32_769, "MFP5111@2")]
    [InlineData(10_000_000, "MFP5111@2")]
    public async Task A_cell_has_a_longest_length(int length, string expected)
    {
        using var file = new TemporaryFile($"Username,Mode,Tags\nalice,Phone Call,{new string('x', length)}\nbob,Phone Call,\n");

        var table = await new MfaServerCsv(file.Input).ReadAsync(Cancel);

        string.Join(' ', Exports.CodesAndRows(table.Diagnostics)).ShouldBe(expected);
        table.Value!.Users.Length.ShouldBe(expected.Length == 0 ? 2 : 1);
    }

    [Fact]
    public async Task A_cancelled_reading_stops()
    {
        using var file = new TemporaryFile($"{Exports.Header}\r\n{Exports.Row(1)}");

        await Should.ThrowAsync<OperationCanceledException>(() => new MfaServerCsv(file.Input).ReadAsync(new CancellationToken(canceled: true)));
    }

    private static async Task<SourceUser> OneAsync(string row)
    {
        using var file = new TemporaryFile($"{Small}{row}\n");
        var table = await new MfaServerCsv(file.Input).ReadAsync(Cancel);
        table.Diagnostics.ShouldBeEmpty();
        return table.Value!.Users.Single();
    }
}
