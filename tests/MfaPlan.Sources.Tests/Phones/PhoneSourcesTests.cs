using MfaPlan.Core.Diagnostics;
using MfaPlan.Core.Sources;
using MfaPlan.Sources.Phones;

namespace MfaPlan.Sources.Tests.Phones;

public sealed class PhoneSourcesTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_report_of_PingID_becomes_a_user_for_each_name()
    {
        using var file = new TemporaryFile(
            "username,deviceId,status,deviceType,deviceRole,countryCode,phoneNumber\n"
            + "alice,1,ACTIVE,SMS,Secondary,44,7700900123\n"
            + "bob,2,SUSPENDED,Voice,Primary,1,2065550100\n"
            + "Alice,3,ACTIVE,iPhone,Primary,,\n"
            + "alice,4,ACTIVE,Voice,Secondary,44,7700 900123\n"
            + "alice,5,ACTIVE,Voice,Secondary,44,2079460000\n"
            + "alice,6,ACTIVE,SMS,Secondary,44,7700900999\n"
            + "carol,7,UNHEARD OF,SMS,Primary,1,2065550101\n");

        var table = await new PingIdCsv(file.Input).ReadAsync(Cancel);

        Show(table).ShouldBe(
        [
            "2 alice MobileApp +44 7700900123 | +44 2079460000 | True",
            "3 bob PhoneCall +1 2065550100 | + | False",
        ]);
        Exports.CodesAndRows(table.Diagnostics).ShouldBe(["MFP5117@2", "MFP5113@8"], ignoreOrder: true);
    }

    [Fact]
    public async Task Answers_of_Duo_become_users()
    {
        using var file = new TemporaryFile(
            """
            {"stat":"OK","response":[
              {"username":"alice","status":"active","phones":[{"number":"+447700900123","extension":"","type":"Mobile"},{"number":"+12065550100","extension":"12"},{"number":""}]},
              {"username":"bob","status":"disabled","phones":[]},
              {"status":"active"}]}
            {"stat":"OK","response":[{"username":"carol","status":"bypass","phones":null},{"username":"ALICE"}]}
            """);

        var table = await new DuoUsersJson(file.Input).ReadAsync(Cancel);

        Show(table).ShouldBe(["2 bob None + | + | False", "4 carol None + | + | True"]);
        Exports.CodesAndRows(table.Diagnostics).ShouldBe(["MFP5116@3", "MFP5114@5"]);
        table.Value!.DamagedRows.ShouldBe(3);
    }

    [Fact]
    public async Task Factors_of_Okta_become_phones()
    {
        using var file = new TemporaryFile(
            """
            {"user":{"status":"ACTIVE","profile":{"login":"alice@contoso.com"}},"factors":[
              {"factorType":"push","status":"ACTIVE"},
              {"factorType":"sms","status":"ACTIVE","profile":{"phoneNumber":"+1-555-415-1337"}},
              {"factorType":"call","status":"ACTIVE","profile":{"phoneNumber":"+15554151337","phoneExtension":"7"}},
              {"factorType":"sms","status":"PENDING_ACTIVATION","profile":{"phoneNumber":"+1-555-415-9999"}}]}
            {"user":{"status":"SUSPENDED","profile":{"login":"bob@contoso.com"}}}
            """);

        var table = await new OktaUsersJson(file.Input).ReadAsync(Cancel);

        table.Diagnostics.ShouldBeEmpty();
        Show(table).ShouldBe(["1 alice@contoso.com None +1 5554151337 | +1 5554151337x7 | True", "2 bob@contoso.com None + | + | False"]);
    }

    [Theory]
    [InlineData("alice,ACTIVE,SMS,Primary,44,7700900123", "Alice,UNHEARD OF,Voice,Secondary,44,2079460000", "MFP5113@3 MFP5118@2")]
    [InlineData("Alice,UNHEARD OF,Voice,Secondary,44,2079460000", "alice,ACTIVE,SMS,Primary,44,7700900123", "MFP5113@2 MFP5118@3")]
    [InlineData("alice,ACTIVE,iPhone,Primary,,", "ALICE,BROKEN,SMS,Secondary,44,7700900123", "MFP5113@3 MFP5118@2")] // she would look as if she had no phone
    [InlineData("alice,BROKEN,SMS,Primary,44,7700900123", "alice,BROKEN,Voice,Secondary,44,7700900123", "MFP5113@2 MFP5113@3")]
    public async Task A_user_of_PingID_with_a_damaged_row_is_left_out_whole(string first, string second, string codes)
    {
        using var file = new TemporaryFile(
            $"username,status,deviceType,deviceRole,countryCode,phoneNumber\n{first}\n{second}\nbob,ACTIVE,Voice,Primary,1,2065550100\n");

        var table = await new PingIdCsv(file.Input).ReadAsync(Cancel);

        Show(table).ShouldBe(["4 bob PhoneCall +1 2065550100 | + | True"]);
        string.Join(' ', Exports.CodesAndRows(table.Diagnostics)).ShouldBe(codes);
        table.Value!.DamagedRows.ShouldBe(2);
    }

    [Theory]
    [InlineData("alice,ACTIVE,SMS,Secondary,44", "MFP5108@3")]
    [InlineData(",ACTIVE,SMS,Secondary,44,7700900123", "MFP5112@3")]
    [InlineData("alice,ACTIVE,\"SMS,Secondary,44,7700900123", "MFP5109@3")]
    public async Task A_damaged_row_of_PingID_that_may_be_anybodys_refuses_the_file(string row, string code)
    {
        using var file = new TemporaryFile(
            $"username,status,deviceType,deviceRole,countryCode,phoneNumber\nalice,ACTIVE,iPhone,Primary,,\n{row}\nbob,ACTIVE,Voice,Primary,1,2065550100\n");

        var table = await new PingIdCsv(file.Input).ReadAsync(Cancel);

        table.Succeeded.ShouldBeFalse();
        Exports.CodesAndRows(table.Diagnostics).ShouldBe(["MFP5119", code]);
        table.Diagnostics[0].Message.ShouldStartWith("1 damaged row does not show whose it is.");
    }

    [Theory]
    [InlineData("{\"username\":\"alice\",\"phones\":[{\"number\":\"+12065550100\"}]}", "{\"username\":\"ALICE\",\"phones\":7}", "MFP5116@2 MFP5118@1")]
    [InlineData("{\"username\":\"alice\",\"phones\":[],\"phones\":[]}", "{\"username\":\"alice\"}", "MFP5145@1 MFP5118@2")]
    [InlineData("{\"username\":\"alice\",\"phones\":7}", "{\"username\":\"alice\",\"phones\":7}", "MFP5116@1 MFP5116@2")]
    public async Task A_user_of_Duo_with_a_damaged_record_beside_another_is_left_out(string first, string second, string codes)
    {
        using var file = new TemporaryFile($"[{first},{second},{{\"username\":\"bob\"}}]");

        var table = await new DuoUsersJson(file.Input).ReadAsync(Cancel);

        Show(table).ShouldBe(["3 bob None + | + | True"]);
        string.Join(' ', Exports.CodesAndRows(table.Diagnostics)).ShouldBe(codes);
    }

    [Fact]
    public async Task A_user_of_Okta_with_a_damaged_record_beside_another_is_left_out()
    {
        using var file = new TemporaryFile(
            """
            {"user":{"profile":{"login":"alice"}},"factors":{}}
            {"user":{"profile":{"login":"Alice"}},"factors":[]}
            """);

        var table = await new OktaUsersJson(file.Input).ReadAsync(Cancel);

        table.Value!.Users.ShouldBeEmpty();
        Exports.CodesAndRows(table.Diagnostics).ShouldBe(["MFP5116@1", "MFP5118@2"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("{\"stat\":\"FAIL\"}")]
    [InlineData("{\"stat\":\"OK\",\"response\":[")]
    [InlineData("3")]
    public async Task What_is_no_answer_is_refused(string text)
    {
        using var file = new TemporaryFile(text);

        (await new DuoUsersJson(file.Input).ReadAsync(Cancel)).Succeeded.ShouldBeFalse();
    }

    private static IEnumerable<string> Show(Checked<SourceTable> table) =>
        table.Value!.Users.Select(user => $"{user.Row} {user.Username.Reveal()} {user.Mode} {Show(user.Primary)} | {Show(user.Backup)} | {user.Enabled}");

    private static string Show(SourcePhone phone) =>
        $"+{phone.CountryCode} {phone.Number}{(phone.Extension.Length == 0 ? "" : "x" + phone.Extension)}".Trim();
}
