using MfaPlan.Core.Diagnostics;
using MfaPlan.Core.Sources;
using MfaPlan.Sources.Records;

namespace MfaPlan.Sources.Tests.Records;

public sealed class UserRecordsTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_whole_record_is_read()
    {
        var user = (await ReadAsync("""
            {"format":1,"username":" alice@contoso.com ","asOf":"2024-09-27","mode":"textMessage","twoWay":true,"pin":true,"phone":{"countryCode":"44","number":"7700 900123","extension":"7"},"backupPhone":{"number":"+442079460000"},"enabled":false,"sid":"S-1-5-21-1-2-3-1101","devices":[{"name":"iPhone","lastUsed":"2024-09-01T10:00:00+02:00","created":"2020-01-01T00:00:00.1234567Z"},{}]}
            """)).Value!.Users.ShouldHaveSingleItem();

        (user.Row, user.Username.Reveal(), user.Mode, user.TwoWay, user.WithPin, user.Enabled, user.Sid?.ToString(), user.AsOf)
            .ShouldBe((1, "alice@contoso.com", SourceMode.TextMessage, true, true, false, "S-1-5-21-1-2-3-1101", new DateOnly(2024, 9, 27)));
        (user.Primary, user.Backup).ShouldBe((new SourcePhone("44", "7700 900123", "7"), new SourcePhone("", "+442079460000", "")));
        user.Devices.Select(static device => (device.Name?.Reveal(), device.LastUsed?.UtcDateTime.Hour, device.Created?.Year))
            .ShouldBe([("iPhone", 8, 2020), (null, null, null)]);
    }

    [Fact]
    public async Task The_least_record_is_an_enabled_user_without_a_method()
    {
        var table = await ReadAsync("\uFEFF{\"format\":1,\"username\":\"a\",\"sid\":null,\"phone\":null}\r\n\r\n{ \"username\" : \"b\", \"format\" : 1 }");

        table.Diagnostics.ShouldBeEmpty();
        table.Value!.Users.Select(static user => (user.Row, user.Username.Reveal(), user.Mode, user.Enabled, user.Primary.IsEmpty, user.Devices.Length))
            .ShouldBe([(1, "a", SourceMode.None, true, true, 0), (3, "b", SourceMode.None, true, true, 0)]);
    }

    [Theory]
    [InlineData("{\"format\":1,\"username\":\"a\",\"phoneNumber\":\"1\"}", "MFP5142", "Known here")]
    [InlineData("{\"format\":1,\"username\":\"a\",\"usernam\":\"1\"}", "MFP5142", "\"username\" is probably meant")]
    [InlineData("{\"format\":1,\"username\":\"a\",\"phone\":{\"number\":\"1\",\"contryCode\":\"1\"}}", "MFP5142", "The member \"phone\" has a member")]
    [InlineData("{\"format\":1,\"username\":\"a\",\"devices\":[{\"nam\":\"1\"}]}", "MFP5142", "devices[0]")]
    [InlineData("{\"format\":1}", "MFP5143", "\"username\"")]
    [InlineData("{\"username\":\"a\"}", "MFP5143", "\"format\"")]
    [InlineData("{\"format\":1,\"username\":\"a\",\"phone\":{}}", "MFP5143", "\"phone.number\"")]
    [InlineData("{\"format\":1.5,\"username\":\"a\"}", "MFP5144", "\"format\" must be a whole number")]
    [InlineData("{\"format\":1,\"username\":\" \"}", "MFP5144", "not blank")]
    [InlineData("{\"format\":1,\"username\":\"a\\u0000b\"}", "MFP5144", "\"username\"")]
    [InlineData("{\"format\":1,\"username\":\"a\\ud800\"}", "MFP5144", "whole characters")]
    [InlineData("{\"format\":1,\"username\":\"a\",\"phone\":{\"number\":7700900123}}", "MFP5144", "\"phone.number\" must be a text")]
    [InlineData("{\"format\":1,\"username\":\"a\",\"phone\":\"7700900123\"}", "MFP5144", "\"phone\" must be an object")]
    [InlineData("{\"format\":1,\"username\":\"a\",\"devices\":{}}", "MFP5144", "\"devices\" must be a list")]
    [InlineData("{\"format\":1,\"username\":\"a\",\"devices\":[null]}", "MFP5144", "\"devices[0]\" must be an object")]
    [InlineData("{\"format\":1,\"username\":\"a\",\"devices\":[{\"lastUsed\":\"2024-09-27\"}]}", "MFP5144", "with its offset")]
    [InlineData("{\"format\":1,\"username\":\"a\",\"devices\":[{\"lastUsed\":\"2024-09-27T10:00:00\"}]}", "MFP5144", "with its offset")]
    [InlineData("{\"format\":1,\"username\":\"a\",\"asOf\":\"27.09.2024\"}", "MFP5144", "a day such as")]
    [InlineData("{\"format\":1,\"username\":\"a\",\"mode\":\"sms\"}", "MFP5144", "one of none, phoneCall, textMessage")]
    [InlineData("{\"format\":1,\"username\":\"a\",\"mode\":2}", "MFP5144", "one of none")]
    [InlineData("{\"format\":1,\"username\":\"a\",\"enabled\":\"true\"}", "MFP5144", "true or false")]
    [InlineData("{\"format\":1,\"username\":\"a\",\"sid\":\"1101\"}", "MFP5144", "security identifier")]
    [InlineData("{\"format\":1,\"username\":\"a\",\"twoWay\":true}", "MFP5144", "mode be textMessage")]
    [InlineData("{\"format\":1,\"username\":\"a\",\"pin\":true}", "MFP5144", "name a method")]
    [InlineData("{\"format\":1,\"username\":\"a\",\"username\":\"b\"}", "MFP5145", "\"username\" stands twice")]
    [InlineData("{\"format\":1,\"username\":\"a\",\"user\\u006eame\":\"b\"}", "MFP5145", "\"username\" stands twice")]
    [InlineData("{\"format\":1,\"username\":\"a\"", "MFP5140", "one JSON object")]
    [InlineData("{\"format\":1,\"username\":\"a\"}{}", "MFP5140", "nothing after it")]
    [InlineData("{\"format\":1,\"username\":\"a\",}", "MFP5140", "one JSON object")]
    [InlineData("{\"format\":1,\"username\":'a'}", "MFP5140", "one JSON object")]
    [InlineData("[{\"format\":1,\"username\":\"a\"}]", "MFP5140", "one JSON object")]
    [InlineData("\"a\"", "MFP5140", "one JSON object")]
    [InlineData("{\"format\":1,\"username\":[[[[[[[[[[1]]]]]]]]]]}", "MFP5140", "not nested deeper")]
    public async Task A_line_that_is_not_of_the_format_is_named_counted_and_left_out(string line, string code, string says)
    {
        var table = await ReadAsync($"{{\"format\":1,\"username\":\"good\"}}\n{line}\n");

        Exports.CodesAndRows(table.Diagnostics).ShouldBe([$"{code}@2"]);
        table.Diagnostics[0].Message.ShouldContain(says);
        table.Value!.Users.ShouldHaveSingleItem().Username.Reveal().ShouldBe("good");
        table.Value.DamagedRows.ShouldBe(1);
    }

    [Fact]
    public async Task All_that_is_wrong_with_a_line_is_said_and_it_counts_once()
    {
        var table = await ReadAsync("{\"format\":1,\"mode\":\"sms\",\"enabled\":1,\"x\":2}");

        Exports.CodesAndRows(table.Diagnostics).ShouldBe(["MFP5144@1", "MFP5144@1", "MFP5142@1", "MFP5143@1"]);
        table.Value!.DamagedRows.ShouldBe(1);
    }

    [Fact]
    public async Task Two_lines_with_one_username_are_both_left_out()
    {
        var table = await ReadAsync("{\"format\":1,\"username\":\"a\"}\n{\"format\":1,\"username\":\"A \"}\n{\"format\":1,\"username\":\"b\"}");

        Exports.CodesAndRows(table.Diagnostics).ShouldBe(["MFP5114@2"]);
        table.Value!.Users.ShouldHaveSingleItem().Username.Reveal().ShouldBe("b");
        table.Value.DamagedRows.ShouldBe(2);
    }

    [Fact]
    public async Task A_file_of_a_later_format_is_refused_as_a_whole_and_once()
    {
        var table = await ReadAsync("{\"format\":2,\"user\":\"a\"}\n{\"format\":2,\"user\":\"b\"}");

        table.Succeeded.ShouldBeFalse();
        Exports.CodesAndRows(table.Diagnostics).ShouldBe(["MFP5141@1"]);
    }

    [Fact]
    public async Task Devices_go_to_the_users_of_the_export_and_others_are_named()
    {
        using var users = new TemporaryFile("Username,Mode\nalice,Mobile App\nbob,Mobile App\n");
        using var devices = new TemporaryFile(
            """
            {"format":1,"username":"ALICE","name":"Pixel","lastUsed":"2024-09-01T10:00:00Z"}
            {"format":1,"username":"carol","name":"iPhone"}
            {"format":1,"username":"alice","name":""}
            {"format":1,"username":"bob","nam":"x"}
            """);

        var table = await new MfaServerFiles(new InputFile("u", users.Path), new InputFile("d", devices.Path)).ReadAsync(Cancel);

        table.Value!.Users.Select(static user => user.Username.Reveal()).ShouldBe(["alice"]); // of bob's devices one is not known
        table.Value.Users[0].Devices.Select(static device => device.Name?.Reveal()).ShouldBe(["Pixel", null]);
        table.Value.DamagedRows.ShouldBe(2);
        table.Value.Inputs.Keys.ShouldBe(["d", "u"]);
        Exports.CodesAndRows(table.Diagnostics).ShouldBe(["MFP5146", "MFP5142@4", "MFP5118@3"]);
        table.Diagnostics[0].Message.ShouldContain("line 2.");
        table.Diagnostics[2].Message.ShouldStartWith("Row 4 of d is of the same user");
    }

    [Theory]
    [InlineData("{\"format\":1,\"username\":\"alice\",\"name\":\"Pix", "MFP5140@2")]
    [InlineData("{\"format\":1,\"name\":\"Pixel\"}", "MFP5143@2")]
    [InlineData("{\"format\":1,\"username\":7}", "MFP5144@2")]
    public async Task A_damaged_device_that_may_be_anybodys_refuses_the_files(string line, string code)
    {
        using var users = new TemporaryFile("Username,Mode\nalice,Mobile App\nbob,Mobile App\n");
        using var devices = new TemporaryFile($"{{\"format\":1,\"username\":\"alice\"}}\n{line}\n");

        var table = await new MfaServerFiles(new InputFile("u", users.Path), new InputFile("d", devices.Path)).ReadAsync(Cancel);

        table.Succeeded.ShouldBeFalse();
        Exports.CodesAndRows(table.Diagnostics).ShouldBe(["MFP5119", code]);
    }

    [Fact]
    public async Task A_user_with_a_damaged_line_beside_another_is_left_out()
    {
        var table = await ReadAsync(
            """
            {"format":1,"username":"alice","mode":"textMessage"}
            {"format":1,"username":" Alice ","mode":"letter"}
            {"format":1,"username":"bob"}
            """);

        table.Value!.Users.Select(static user => user.Username.Reveal()).ShouldBe(["bob"]);
        Exports.CodesAndRows(table.Diagnostics).ShouldBe(["MFP5144@2", "MFP5118@1"]);
    }

    [Fact]
    public async Task A_column_of_other_identifiers_is_said_once_and_a_damaged_SID_damages_its_row()
    {
        using var users = new TemporaryFile("Username,Mode,SID\na,,{6F9619FF-8B86-D011-B42D-00C04FC964FF}\nb,,uid=b\nc,,S-1-5-21-1-2-3-\nd,,S-1-5-21-1-2-3-4\n");

        var table = await new MfaServerCsv(users.Input).ReadAsync(Cancel);

        table.Value!.Users.Select(static user => (user.Username.Reveal(), user.Sid?.ToString())).ShouldBe([("a", null), ("b", null), ("d", "S-1-5-21-1-2-3-4")]);
        Exports.CodesAndRows(table.Diagnostics).ShouldBe(["MFP5147", "MFP5113@4"]);
    }

    [Fact]
    public async Task The_lines_of_the_documentation_are_read()
    {
        var lines = (await File.ReadAllLinesAsync(Path.Combine(Golden.RepositoryRoot, "docs/sources.md"), Cancel))
            .Where(static line => line.StartsWith("{\"format\":1", StringComparison.Ordinal)).ToList();

        using var users = new TemporaryFile("Username,Mode\nalice@contoso.com,Mobile App\n");
        using var devices = new TemporaryFile(lines[0]);
        var device = await new MfaServerFiles(new InputFile("u", users.Path), new InputFile("d", devices.Path)).ReadAsync(Cancel);
        var user = await ReadAsync(lines[1]);

        lines.Count.ShouldBe(2);
        device.Diagnostics.Concat(user.Diagnostics).ShouldBeEmpty();
        (device.Value!.Users[0].Devices.Length, user.Value!.Users[0].Devices.Length).ShouldBe((1, 1));
    }

    private static async Task<Checked<SourceTable>> ReadAsync(string text)
    {
        using var file = new TemporaryFile(text);
        return await new UserRecords(file.Input).ReadAsync(Cancel);
    }
}
