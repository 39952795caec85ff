using System.Text;
using CsCheck;
using MfaPlan.Core.Diagnostics;
using MfaPlan.Sources.Tokens;

namespace MfaPlan.Sources.Tests.Tokens;

/// <summary>The token files of <c>Tokens/corpus</c>, and what a few changed bytes make of them: a reader answers, and never throws, hangs or repeats a seed.</summary>
public sealed class TokenCorpusTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Beginnings of every seed in the corpus, in each of its spellings.</summary>
    private static readonly string[] SeedTexts = ["GEZDGNBV", "31323334", "MTIzNDU2", "MTIzNDU2Nzg5", PskcSamples.PreSharedKey, PskcSamples.Password];

    public static TheoryData<string, string> Files
    {
        get
        {
            var files = new TheoryData<string, string>();
            foreach (var path in Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            {
                files.Add(Path.GetFileName(Path.GetDirectoryName(path)!), Path.GetFileName(path));
            }

            return files;
        }
    }

    public static TheoryData<string> Readers => [.. TokenReaders.All.Keys, "owners"];

    private static string Root => Path.Combine(Golden.RepositoryRoot, "tests/MfaPlan.Sources.Tests/Tokens/corpus");

    [Fact]
    public void Every_reader_has_files() =>
        Directory.EnumerateDirectories(Root).Select(Path.GetFileName).Order(StringComparer.Ordinal)
            .ShouldBe(TokenReaders.All.Keys.Append("owners").Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Files))]
    public async Task A_file_is_read_or_refused_as_its_name_says(string reader, string file)
    {
        var read = await AnswerAsync(reader, await BytesAsync(reader, file));

        var isWhole = read.Value is { DamagedRows: 0, Seeds.Length: > 0 }
            && !read.Diagnostics.Any(static diagnostic => diagnostic.Descriptor.Severity == Severity.Error);
        isWhole.ShouldBe(Path.GetFileNameWithoutExtension(file) is "whole" or "utf16", DiagnosticPrinter.Print(read.Diagnostics, "text"));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Changed_bytes_are_answered(string reader, string file)
    {
        var bytes = await BytesAsync(reader, file);

        await Edits.Of(bytes).SampleAsync(async changed => await AnswerAsync(reader, changed), iter: 200);
    }

    /// <summary>A field of ten megabytes does no harm to the rows around it, where the format has rows.</summary>
    [Theory]
    [InlineData("tokenCsv", "serial number,secret key,time interval\n1,{0},30\n2,{1},30\n3,{0},30\n", 2)]
    [InlineData("tokenCsv", "serial number,secret key,time interval\n1,{0},30\n{1},{0},30\n3,{0},30\n", 2)]
    [InlineData("otpauth", "otpauth://totp/a?secret={0}\notpauth://totp/{1}?secret={0}\notpauth://totp/c?secret={0}\n", 2)]
    [InlineData("otpauth", "otpauth://totp/a?secret={0}\notpauth-migration://offline?data={1}\notpauth://totp/c?secret={0}\n", 2)]
    [InlineData("oathUsers", "HOTP/T30 a - 3132333435363738\nHOTP/T30 {1} - 3132333435363738\nHOTP/T30 c - 3132333435363738\n", 2)]
    [InlineData("pskc", "<KeyContainer><KeyPackage><DeviceInfo><SerialNo>{1}</SerialNo></DeviceInfo></KeyPackage></KeyContainer>", 0)]
    [InlineData("googleAuthenticator", "{1}\n\" TOTP_AUTH\n", 0)]
    [InlineData("owners", "serial,username\n1,alice\n{1},bob\n2,carol\n", 2)]
    public async Task Ten_megabytes_in_a_field_harm_nobody_else(string reader, string format, int atLeast)
    {
        var text = format.Replace("{0}", Seeds.Rfc, StringComparison.Ordinal).Replace("{1}", new string('A', 10 << 20), StringComparison.Ordinal);

        var read = await AnswerAsync(reader, Encoding.UTF8.GetBytes(text));

        (read.Value?.Seeds.Length ?? 0).ShouldBeGreaterThanOrEqualTo(atLeast);
        read.Diagnostics.ShouldAllBe(static diagnostic => diagnostic.Message.Length < 1000);
    }

    [Theory]
    [MemberData(nameof(Readers))]
    public async Task A_code_page_is_refused_and_not_guessed(string reader)
    {
        var whole = Directory.GetFiles(Path.Combine(Root, reader), "whole.*").ShouldHaveSingleItem();
        var bytes = await File.ReadAllBytesAsync(whole, TestContext.Current.CancellationToken);
        var name = reader switch { "pskcKey" or "pskcPassword" or "pskc" => ">1<"u8.ToArray(), _ => "alice"u8.ToArray() };
        var at = bytes.AsSpan().IndexOf(name);
        byte[] changed = at < 0 ? [.. bytes, 0xE9, (byte)'\n'] : [.. bytes[..(at + 1)], 0xE9, .. bytes[(at + 1)..]];

        var read = await AnswerAsync(reader, changed);

        read.Succeeded.ShouldBeFalse(DiagnosticPrinter.Print(read.Diagnostics, "text"));
    }

    /// <summary>A key that stands twice is nobody's guess: the entry is refused, or the file is.</summary>
    [Theory]
    [InlineData("otpauth", $"otpauth://totp/a?secret={Seeds.Rfc}&secret=JBSWY3DPEHPK3PXP\n", "MFP5121@1")]
    [InlineData("otpauth", $"otpauth://totp/a?secret={Seeds.Rfc}&SECRET={Seeds.Rfc}\n", "MFP5121@1")]
    [InlineData("otpauth", $"otpauth://totp/a?secret={Seeds.Rfc}&period=30&period=60\n", "MFP5121@1")]
    [InlineData("otpauth", $"otpauth://totp/a?secret={Seeds.Rfc}&image=x&image=y\n", "")] // nobody reads it
    [InlineData("otpauth", "otpauth-migration://offline?data=CgYKAjEyMAI=&data=CgYKAjEyMAI=\n", "MFP5121@1")]
    [InlineData("otpauth", "otpauth-migration://offline?data=CgoKAjEyCgIzNDAC\n", "MFP5121@1")] // an account of two seeds
    [InlineData("tokenCsv", $"serial number,secret key,secret key\n1,{Seeds.Rfc},JBSWY3DPEHPK3PXP\n", "MFP5106")]
    [InlineData("owners", "serial,username\n1,alice\n1,bob\n", "MFP5114@3")]
    [InlineData("pskc", "<KeyContainer><KeyPackage><Key Id='1'><Data><Secret><PlainValue>MTIzNDU2Nzg5MDEyMzQ1Njc4OTA=</PlainValue><PlainValue>AAAA</PlainValue></Secret></Data></Key></KeyPackage></KeyContainer>", "MFP5121@1")]
    [InlineData("pskc", "<KeyContainer><KeyPackage><Key><Data><Secret><PlainValue>MTIzNA==</PlainValue></Secret><secret><PlainValue>AAAA</PlainValue></secret></Data></Key></KeyPackage></KeyContainer>", "MFP5121@1")]
    [InlineData("pskc", "<KeyContainer><KeyPackage><Key><Data><Secret><PlainValue>MTIzNA==</PlainValue></Secret></Data><Data><Secret><PlainValue>AAAA</PlainValue></Secret></Data></Key></KeyPackage></KeyContainer>", "MFP5121@1")]
    [InlineData("pskc", "<KeyContainer><KeyPackage><Key Algorithm='urn:ietf:params:xml:ns:keyprov:pskc:pin'/><Key><Data><Secret><PlainValue>AAAA</PlainValue></Secret></Data></Key></KeyPackage></KeyContainer>", "MFP5121@1")]
    [InlineData("pskc", "<KeyContainer><KeyPackage><Key><Data><Secret><PlainValue>MTIzNA==</PlainValue><EncryptedValue/></Secret></Data></Key></KeyPackage></KeyContainer>", "MFP5121@1")]
    [InlineData("pskc", "<KeyContainer><KeyPackage><DeviceInfo><SerialNo>1</SerialNo><SerialNo>2</SerialNo></DeviceInfo><Key><Data><Secret><PlainValue>MTIzNA==</PlainValue></Secret></Data></Key></KeyPackage></KeyContainer>", "MFP5121@1")]
    public async Task A_key_that_stands_twice(string reader, string text, string codes)
    {
        var read = await AnswerAsync(reader, Encoding.UTF8.GetBytes(text));

        string.Join(' ', Exports.CodesAndRows(read.Diagnostics)).ShouldBe(codes);
        (read.Value?.Seeds ?? []).ShouldAllBe(static seed => seed.Text() == Seeds.Rfc);
    }

    private static async Task<Checked<TokenTable>> AnswerAsync(string reader, byte[] bytes)
    {
        using var cancel = new CancellationTokenSource(Patience);

        var read = await TokenReaders.ReadAsync(reader, bytes, cancel.Token);

        var errors = read.Diagnostics.Count(static diagnostic => diagnostic.Descriptor.Severity == Severity.Error);
        (read.Succeeded || errors > 0).ShouldBeTrue("Refused without a word.");
        (read.Value is not { DamagedRows: > 0 } || errors > 0).ShouldBeTrue("A token was left out without a word.");
        read.Diagnostics.Where(static diagnostic => diagnostic.Descriptor != Core.Sources.SourceDiagnostics.ColumnsUnknown)
            .ShouldAllBe(static diagnostic => !SeedTexts.Any(seed => diagnostic.Message.Contains(seed, StringComparison.Ordinal)));
        return read;
    }

    private static Task<byte[]> BytesAsync(string reader, string file) => File.ReadAllBytesAsync(Path.Combine(Root, reader, file));
}
