using MfaPlan.Core.Diagnostics;
using MfaPlan.Core.Sources;
using MfaPlan.Core.Sources.Tokens;
using MfaPlan.Sources.Tokens;
using MfaPlan.Sources.Tokens.Pskc;

namespace MfaPlan.Sources.Tests.Tokens;

public sealed class TokenFilesTests
{
    private const string Migration =
        "otpauth-migration://offline?data=CkAKFDEyMzQ1Njc4OTAxMjM0NTY3ODkwEhlDb250b3NvOmFsaWNlQGNvbnRvc28uY29tGgdDb250b3NvIAEoATACEAEYASAAKMDEBw%3D%3D";

    [Fact]
    public async Task The_upload_file_of_Entra_is_read()
    {
        var table = await Seeds.ReadAsync(
            "upn,serial number,secret key,time interval,manufacturer,model\r\nHelga@contoso.com,1234567,2234567abcdef2234567abcdef,60,Contoso,HardwareKey\r\n",
            path => new TokenCsv(path));

        table.Diagnostics.ShouldBeEmpty();
        var seed = table.Value!.Seeds.Single();
        seed.Text().ShouldBe("2234567ABCDEF2234567ABCDEE");
        (seed.Serial, seed.IntervalSeconds, seed.Manufacturer, seed.Model, seed.Algorithm, seed.Kind, seed.Digits, seed.Owner!.Value.Reveal(), seed.Row)
            .ShouldBe(("1234567", 60, "Contoso", "HardwareKey", TokenAlgorithm.Sha1, TokenKind.Totp, 6, "Helga@contoso.com", 2));
        TokenEligibility.Check(seed).ShouldBeNull();
    }

    [Fact]
    public async Task A_vendors_file_gets_its_owners_from_another()
    {
        using var owners = new TemporaryFile("serial,username\nA1,alice\na2,bob\nA9,carol\nA3,dave\nA3,erin\n");

        var table = await Seeds.ReadAsync(
            $"serial number;secret_key;timeinterval\nA1;{Seeds.Rfc};60\nA2;{Seeds.Rfc};\nA3;{Seeds.Rfc};30\n",
            path => new TokenOwners(new TokenCsv(path), new InputFile("owners.csv", owners.Path)));

        table.Value!.Seeds.Select(seed => (seed.Serial, seed.IntervalSeconds, seed.Owner?.Reveal())).ShouldBe(
            [("A1", 60, "alice"), ("A2", 30, "bob"), ("A3", 30, null)]);
        Exports.CodesAndRows(table.Diagnostics).ShouldBe(["MFP5131", "MFP5114@6"]);
        table.Value.DamagedRows.ShouldBe(2);
        table.Value.Inputs.ContainsKey("owners.csv").ShouldBeTrue();
        table.Value.Inputs.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("A1,alice\n", "alice zoe")]
    [InlineData("A1,alice\nA1,bob\n", " zoe")] // two owners: not the one of the seed file either
    [InlineData("A1,\n", " zoe")]
    [InlineData("A1,\nA1,alice\n", " zoe")]
    [InlineData("A1,alice\nA1,\n", " zoe")]
    [InlineData("A1,alice\n,bob\n", "alice ")] // the damaged row may be of any other token
    [InlineData("A1,alice\nA2,bob,x\n", "alice ")]
    public async Task A_damaged_owner_is_not_replaced_by_the_seed_files(string rows, string expected)
    {
        using var owners = new TemporaryFile($"serial,username\n{rows}");

        var table = await Seeds.ReadAsync(
            $"upn,serial number,secret key\nyves,A1,{Seeds.Rfc}\nzoe,A2,{Seeds.Rfc}\n",
            path => new TokenOwners(new TokenCsv(path), new InputFile("owners.csv", owners.Path)));

        string.Join(' ', table.Value!.Seeds.Select(static seed => seed.Owner?.Reveal())).ShouldBe(expected);
    }

    [Fact]
    public async Task Odd_headings_and_hexadecimal_seeds_are_mapped()
    {
        var table = await Seeds.ReadAsync(
            $"SN,Seed,Period,Hash,Len\n7,{Seeds.RfcHex},60,HMAC-SHA256,8\n",
            path => new TokenCsv(path, new TokenColumns(Serial: "SN", Secret: "Seed", Interval: "Period", Algorithm: "Hash", Digits: "Len", Encoding: SeedEncoding.Hex)));

        var seed = table.Value!.Seeds.Single();
        (seed.Text(), seed.IntervalSeconds, seed.Algorithm, seed.Digits).ShouldBe((Seeds.Rfc, 60, TokenAlgorithm.Sha256, 8));
    }

    [Theory]
    [InlineData("1,3132333435363738393031323334353637383930,30", "MFP5120@2")]
    [InlineData(",GEZDGNBVGY3TQOJQ,30", "MFP5112@2")]
    [InlineData("1,,30", "MFP5112@2")]
    [InlineData("1,GEZDGNBVGY3TQOJQ,half a minute", "MFP5113@2")]
    [InlineData("1,GEZDGNBVGY3TQOJQ,-30", "MFP5113@2")]
    [InlineData("1,GEZDGNBVGY3TQOJQ", "MFP5108@2")]
    public async Task A_damaged_token_row_is_named_without_its_seed(string row, string expected)
    {
        var table = await Seeds.ReadAsync($"serial number,secret key,time interval\n{row}\n2,{Seeds.Rfc},30\n", path => new TokenCsv(path));

        Exports.CodesAndRows(table.Diagnostics).ShouldBe([expected]);
        table.Diagnostics[0].Message.ShouldNotContain("GEZD");
        table.Diagnostics[0].Message.ShouldNotContain("3132");
        table.Value!.Seeds.Single().Serial.ShouldBe("2");
        table.Value.DamagedRows.ShouldBe(1);
    }

    [Fact]
    public async Task A_URI_tells_its_token()
    {
        var table = await Seeds.ReadAsync(
            "# exported\n\notpauth://totp/Contoso:alice%40contoso.com?secret=JBSWY3DPEHPK3PXP&issuer=Contoso\n"
            + "otpauth://totp/bob?secret=jbswy3dpehpk3pxp&algorithm=SHA256&digits=8&period=60\n"
            + "otpauth://hotp/Contoso%3Acarol?secret=JBSWY3DPEHPK3PXP&counter=1&algorithm=SHA3\n",
            path => new OtpauthFile(path));

        table.Diagnostics.ShouldBeEmpty();
        table.Value!.Seeds.Select(seed => (seed.Row, seed.Kind, seed.Algorithm, seed.Digits, seed.IntervalSeconds, seed.Owner!.Value.Reveal())).ShouldBe(
        [
            (3, TokenKind.Totp, TokenAlgorithm.Sha1, 6, 30, "alice@contoso.com"),
            (4, TokenKind.Totp, TokenAlgorithm.Sha256, 8, 60, "bob"),
            (5, TokenKind.Hotp, TokenAlgorithm.Unknown, 6, 30, "carol"),
        ]);
        table.Value.Seeds.ShouldAllBe(seed => seed.Text() == "JBSWY3DPEHPK3PXP");
    }

    [Theory]
    [InlineData("otpauth://totp/alice", "MFP5120@1")]
    [InlineData("otpauth://totp/alice?secret=0000", "MFP5120@1")]
    [InlineData("otpauth://totp/alice?secret=JBSWY3DPEHPK3PXP&digits=six", "MFP5121@1")]
    [InlineData("otpauth://steam/alice?secret=JBSWY3DPEHPK3PXP", "MFP5121@1")]
    [InlineData("https://example.com/JBSWY3DPEHPK3PXP", "MFP5121@1")]
    [InlineData("otpauth-migration://offline?data=!!!", "MFP5121@1")]
    [InlineData("otpauth-migration://offline?data=CkAKFDEyMzQ1", "MFP5121@1")]
    [InlineData("otpauth-migration://offline", "MFP5121@1")]
    [InlineData("otpauth-migration://offline?data=CgISABACGAEgAA==", "MFP5121@1")]
    public async Task A_damaged_URI_is_named_by_its_line(string line, string expected)
    {
        var table = await Seeds.ReadAsync($"{line}\notpauth://totp/bob?secret={Seeds.Rfc}\n", path => new OtpauthFile(path));

        Exports.CodesAndRows(table.Diagnostics).ShouldBe([expected]);
        table.Diagnostics[0].Message.ShouldNotContain("JBSW");
        table.Value!.Seeds.Single().Row.ShouldBe(2);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_export_of_Google_Authenticator_gives_its_vector(bool unescaped)
    {
        var table = await Seeds.ReadAsync(unescaped ? Uri.UnescapeDataString(Migration) : Migration, path => new OtpauthFile(path));

        table.Diagnostics.ShouldBeEmpty();
        var seed = table.Value!.Seeds.Single();
        (seed.Text(), seed.Kind, seed.Algorithm, seed.Digits, seed.IntervalSeconds, seed.Owner!.Value.Reveal())
            .ShouldBe((Seeds.Rfc, TokenKind.Totp, TokenAlgorithm.Sha1, 6, 30, "alice@contoso.com"));
        TokenCode.At(seed, DateTimeOffset.FromUnixTimeSeconds(59)).ShouldBe("287082");
    }

    [Fact]
    public async Task An_export_that_lacks_parts_is_told_and_a_part_given_twice_counts_once()
    {
        // batch 7 of three parts, of which 0 and 2 are there; the account has a two-byte seed.
        static string Part(byte index) => $"otpauth-migration://offline?data={Convert.ToBase64String([0x0A, 0x06, 0x0A, 0x02, 0x31, 0x32, 0x30, 0x02, 0x10, 0x01, 0x18, 0x03, 0x20, index, 0x28, 0x07])}";

        var table = await Seeds.ReadAsync($"{Part(2)}\n{Part(0)}\n{Part(2)}\n", path => new OtpauthFile(path));

        Exports.CodesAndRows(table.Diagnostics).ShouldBe(["MFP5129@1"]);
        table.Diagnostics[0].Message.ShouldContain("has 3 parts and 2 of them");
        table.Value!.Seeds.Length.ShouldBe(2);
    }

    [Fact]
    public async Task The_export_of_privacyIDEA_has_no_header()
    {
        var table = await Seeds.ReadAsync(
            $"alice@corp, TOTP0001, {Seeds.RfcHex}, totp, 6, 60\nn/a, HOTP0002, {Seeds.RfcHex}, hotp, 8\nbob@corp, X, {Seeds.Rfc}, totp, 6, 30\nbroken\n",
            path => new PrivacyIdeaCsv(path));

        table.Value!.Seeds.Select(seed => (seed.Serial, seed.Kind, seed.Digits, seed.IntervalSeconds, seed.Owner?.Reveal())).ShouldBe(
            [("TOTP0001", TokenKind.Totp, 6, 60, "alice@corp"), ("HOTP0002", TokenKind.Hotp, 8, 30, null)]);
        Exports.CodesAndRows(table.Diagnostics).ShouldBe(["MFP5130", "MFP5120@3", "MFP5108@4"]);

        var base32 = await Seeds.ReadAsync($"alice, 1, {Seeds.Rfc}, totp, 6, 30", path => new PrivacyIdeaCsv(path, SeedEncoding.Base32, TokenAlgorithm.Sha256));
        base32.Value!.Seeds.Single().Algorithm.ShouldBe(TokenAlgorithm.Sha256);
    }

    [Fact]
    public async Task The_file_of_the_PAM_module_gives_one_token_and_no_scratch_codes()
    {
        var totp = await Seeds.ReadAsync($"{Seeds.Rfc}\n\" RATE_LIMIT 3 30\n\" STEP_SIZE 60\n\" TOTP_AUTH\n12345678\n", path => new GoogleAuthenticatorFile(path));
        var hotp = await Seeds.ReadAsync($"{Seeds.Rfc}\n\" HOTP_COUNTER 1\n", path => new GoogleAuthenticatorFile(path, new("bob")));
        var broken = await Seeds.ReadAsync("no seed!\n\" TOTP_AUTH\n", path => new GoogleAuthenticatorFile(path));

        var seed = totp.Value!.Seeds.Single();
        (seed.Text(), seed.Kind, seed.IntervalSeconds, seed.Owner!.Value.Reveal()).ShouldBe((Seeds.Rfc, TokenKind.Totp, 60, "input"));
        hotp.Value!.Seeds.Single().Kind.ShouldBe(TokenKind.Hotp);
        hotp.Value.Seeds.Single().Owner!.Value.Reveal().ShouldBe("bob");
        Exports.CodesAndRows(broken.Diagnostics).ShouldBe(["MFP5120@1"]);
        broken.Value!.DamagedRows.ShouldBe(1);
    }

    [Fact]
    public async Task The_users_file_of_oath_toolkit_is_read()
    {
        var table = await Seeds.ReadAsync(
            $"# users\nHOTP/T30 alice - {Seeds.RfcHex} 1 287082\nHOTP/T60/8\tbob\t1234\t{Seeds.RfcHex}\nHOTP carol - {Seeds.RfcHex}\nHOTP/E/6 dave - {Seeds.RfcHex}\nMOTP erin - {Seeds.RfcHex}\nHOTP/T30 frank\n",
            path => new OathUsersFile(path));

        table.Value!.Seeds.Select(seed => (seed.Owner!.Value.Reveal(), seed.Kind, seed.IntervalSeconds, seed.Digits)).ShouldBe(
            [("alice", TokenKind.Totp, 30, 6), ("bob", TokenKind.Totp, 60, 8), ("carol", TokenKind.Hotp, 30, 6), ("dave", TokenKind.Hotp, 30, 6)]);
        Exports.CodesAndRows(table.Diagnostics).ShouldBe(["MFP5121@6", "MFP5121@7"]);
    }

    [Fact]
    public async Task Line_ends_and_long_lines_do_not_shift_the_numbers()
    {
        var table = await Seeds.ReadAsync(
            $"otpauth://totp/a?secret={Seeds.Rfc}\r\notpauth://totp/b?secret={Seeds.Rfc}\r{new string('x', 10_000_000)}\nnul\0\n\notpauth://totp/c?secret={Seeds.Rfc}",
            path => new OtpauthFile(path));

        table.Value!.Seeds.Select(seed => seed.Row).ShouldBe([1, 2, 6]);
        Exports.CodesAndRows(table.Diagnostics).ShouldBe(["MFP5111@3", "MFP5110@4"]);
    }

    [Theory]
    [InlineData("seeds/feitian.pskc", typeof(PskcFile))]
    [InlineData("seeds.XML", typeof(PskcFile))]
    [InlineData("seeds.csv", typeof(TokenCsv))]
    [InlineData("apps.txt", typeof(OtpauthFile))]
    [InlineData("/etc/users.oath", typeof(OathUsersFile))]
    [InlineData("/home/alice/.google_authenticator", typeof(GoogleAuthenticatorFile))]
    public void A_name_tells_the_format(string path, Type source)
    {
        var file = new TokenFile(new InputFile(path, path), TokenFile.FormatOf(path));

        file.ToSource().ShouldBeOfType(source);
        (file with { Owners = new InputFile("owners.csv", "/plan/owners.csv") }).ToSource().ShouldBeOfType<TokenOwners>();
        (file with { Format = TokenFormat.PrivacyIdea }).ToSource().ShouldBeOfType<PrivacyIdeaCsv>();
    }

    [Fact]
    public async Task Every_source_tells_a_missing_file()
    {
        var nowhere = new InputFile("seeds", "/nowhere/x");
        ITokenSource[] sources =
        [
            new TokenCsv(nowhere), new OtpauthFile(nowhere), new PrivacyIdeaCsv(nowhere), new OathUsersFile(nowhere),
            new GoogleAuthenticatorFile(nowhere), new PskcFile(nowhere),
        ];
        foreach (var source in sources)
        {
            var table = await source.ReadAsync(TestContext.Current.CancellationToken);

            table.Succeeded.ShouldBeFalse();
            table.Diagnostics.ShouldHaveSingleItem().Descriptor.ShouldBe(SourceDiagnostics.Missing);
            DiagnosticPrinter.Print(table.Diagnostics, "text").ShouldNotContain("nowhere");
        }
    }
}
