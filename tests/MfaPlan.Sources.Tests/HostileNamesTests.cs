using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using MfaPlan.Core.Diagnostics;

namespace MfaPlan.Sources.Tests;

/// <summary>Names and texts that were made to do harm somewhere else: kept to the letter, or refused; never run, folded or cut.</summary>
public sealed class HostileNamesTests
{
    /// <summary>Kept to the letter by every reader.</summary>
    private static readonly string[] Names =
    [
        "=1+1", "=cmd|' /C calc'!A0", "+SUM(1,2)", "-1", "@x", "o'brien#EXT#@contoso.onmicrosoft.com", "a%2fb%00c@contoso.com", "$x@y", "${HOME}", "`id`",
        "<script>alert(1)</script>@x", "&amp;lt;", "\u001b[31mred\u001b[0m", "\u001b]0;title\u0007", "jose\u0301@contoso.com", "jos\u00e9@contoso.com",
        "\u0430lice@contoso.com", "ali\u200bce", "\u202eecila", "İstanbul", "ﬁle", "a\"b", "a;b,c|d", "a\tb", @"CONTOSO\alice", @"\\server\share", "../../etc/passwd",
        "null", "true", "0x1F", "1e5", "00123", "😀", "' OR 1=1 --", "*)(uid=*", "{{7*7}}", "%s%n", "CON", "a\u2028b",
    ];

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly string[] Formats = ["users", "records", "duo", "okta", "pingid"];

    public static TheoryData<string> Readers => [.. Formats];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Readers))]
    public async Task A_name_comes_out_as_it_went_in(string reader)
    {
        var read = await UserReaders.ReadAsync(reader, Encoding.UTF8.GetBytes(Write(reader, Names)), Cancel);

        read.Diagnostics.ShouldBeEmpty();
        read.Value!.Users.Select(static user => user.Username.Reveal()).ShouldBe(Names);
        read.Value.Users.ShouldAllBe(static user => user.Username.ToString().Contains("•••", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Readers))]
    public async Task Ten_megabytes_in_a_field_harm_nobody_else(string reader)
    {
        var read = await UserReaders.ReadAsync(
            reader, Encoding.UTF8.GetBytes(Write(reader, ["alice", new string('x', 10 << 20), "bob"])), Cancel);

        if (reader == "pingid")
        {
            // A user has several rows there, so the damaged one may be of anybody.
            Exports.CodesAndRows(read.Diagnostics).ShouldBe(["MFP5119", "MFP5111@3"]);
            read.Succeeded.ShouldBeFalse();
            return;
        }

        read.Value!.Users.Where(static user => user.Username.Reveal().Length < 10).Select(static user => user.Username.Reveal()).ShouldBe(["alice", "bob"]);
        (read.Value.DamagedRows > 0 || read.Value.Users.Length == 3).ShouldBeTrue();
    }

    [Theory]
    [InlineData("users", "MFP5104")]
    [InlineData("pingid", "MFP5104")]
    [InlineData("records", "MFP5104")]
    [InlineData("duo", "MFP5104")]
    [InlineData("okta", "MFP5104")]
    public async Task A_code_page_is_refused_and_not_guessed(string reader, string code)
    {
        var read = await UserReaders.ReadAsync(reader, Encoding.Latin1.GetBytes(Write(reader, ["josé"])), Cancel);

        read.Succeeded.ShouldBeFalse();
        Exports.CodesAndRows(read.Diagnostics).ShouldBe([code]);
    }

    [Theory]
    [InlineData("users", true)]
    [InlineData("pingid", true)]
    [InlineData("records", true)]
    [InlineData("duo", false)]
    [InlineData("okta", false)]
    public async Task UTF_16_is_read_by_its_mark_or_refused(string reader, bool isRead)
    {
        byte[] bytes = [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Write(reader, ["josé"]))];

        var read = await UserReaders.ReadAsync(reader, bytes, Cancel);

        read.Succeeded.ShouldBe(isRead);
        (read.Value?.Users.Single().Username.Reveal() ?? "josé").ShouldBe("josé");
        (isRead || read.Diagnostics.Single().Descriptor.Code == "MFP5104").ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(Readers))]
    public async Task A_NUL_damages_its_row_alone(string reader)
    {
        var read = await UserReaders.ReadAsync(reader, Encoding.UTF8.GetBytes(Write(reader, ["a\0b", "bob"]).Replace("\\u0000", "\0", StringComparison.Ordinal)), Cancel);

        // JSON with a bare NUL is no JSON from there on.
        read.Diagnostics.ShouldContain(static diagnostic => diagnostic.Descriptor.Severity == Severity.Error);
        (read.Value?.Users ?? []).ShouldAllBe(static user => user.Username.Reveal() == "bob");
    }

    [Theory]
    [InlineData("duo", """{"stat":"OK","response":[],"response":[{"username":"a"}]}""", "MFP5116")]
    [InlineData("duo", """[{"username":"a","phones":[],"phones":[{"number":"+12065550100"}]}]""", "MFP5145@1")]
    [InlineData("duo", """[{"username":"a","phones":[{"number":"+12065550100","number":"+12065550101"}]}]""", "MFP5145@1")]
    [InlineData("duo", """[{"username":"a","phones":[{"number":12065550100}]}]""", "MFP5116@1")]
    [InlineData("duo", """[{"username":"a","phones":["+12065550100"]}]""", "MFP5116@1")]
    [InlineData("duo", """[{"username":"a","phones":{}}]""", "MFP5116@1")]
    [InlineData("duo", """[{"username":"a\ud800"}]""", "MFP5116@1")]
    [InlineData("okta", """{"user":{"profile":{"login":"a"}},"user":{"profile":{"login":"b"}},"factors":[]}""", "MFP5116@1")]
    [InlineData("okta", """[{"user":{"profile":{"login":"a","login":"b"}},"factors":[]}]""", "MFP5145@1")]
    [InlineData("okta", """[{"user":{"profile":{"login":"a"}},"factors":[{"status":"ACTIVE","factorType":"sms","profile":{"phoneNumber":false}}]}]""", "MFP5116@1")]
    [InlineData("records", """{"format":1,"username":"a","phone":{"number":"1","number":"2"}}""", "MFP5145@1")]
    public async Task What_may_hide_a_value_is_never_taken_for_none(string reader, string text, string code)
    {
        var read = await UserReaders.ReadAsync(reader, Encoding.UTF8.GetBytes(text), Cancel);

        Exports.CodesAndRows(read.Diagnostics).First()[..7].ShouldBe(code[..7]);
        (read.Value?.Users ?? []).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("duo")]
    [InlineData("okta")]
    [InlineData("records")]
    public async Task Deep_nesting_is_refused(string reader)
    {
        var deep = string.Concat(Enumerable.Repeat("{\"a\":[", 50_000));

        var read = await UserReaders.ReadAsync(reader, Encoding.UTF8.GetBytes(deep), Cancel);

        read.Diagnostics.ShouldContain(static diagnostic => diagnostic.Descriptor.Severity == Severity.Error);
        (read.Value?.Users ?? []).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Readers))]
    public async Task A_file_that_was_cut_off_says_so(string reader)
    {
        var whole = Encoding.UTF8.GetBytes(Write(reader, ["alice", "bob"]).TrimEnd());

        var read = await UserReaders.ReadAsync(reader, whole[..^8], Cancel);

        read.Diagnostics.ShouldContain(static diagnostic => diagnostic.Descriptor.Severity == Severity.Error);
    }

    private static string Write(string reader, string[] names) => reader switch
    {
        "users" => "Username,Primary Country Code,Primary Phone,Mode\n" + Lines(names, static name => $"{Quoted(name)},44,7700900123,\"Phone Call\""),
        "pingid" => "username,status,deviceType,deviceRole,countryCode,phoneNumber\n" + Lines(names, static name => $"{Quoted(name)},ACTIVE,SMS,Primary,44,\"7700900123\""),
        "records" => Lines(names, static name => $"{{\"format\":1,\"username\":{Json(name)},\"phone\":{{\"number\":\"+447700900123\"}}}}"),
        "duo" => $"{{\"stat\":\"OK\",\"response\":[{string.Join(',', names.Select(static name => $"{{\"username\":{Json(name)},\"phones\":[]}}"))}]}}",
        _ => Lines(names, static name => $"{{\"user\":{{\"status\":\"ACTIVE\",\"profile\":{{\"login\":{Json(name)}}}}},\"factors\":[]}}"),
    };

    private static string Lines(string[] names, Func<string, string> line) => string.Concat(names.Select(name => line(name) + "\n"));

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string Json(string name) => JsonSerializer.Serialize(name, Plain);
}
