using System.Collections.Immutable;
using System.Text;
using CsCheck;
using MfaPlan.Core.Diagnostics;
using MfaPlan.Core.Privacy;
using MfaPlan.Core.Sources;
using MfaPlan.Sources.Phones;
using MfaPlan.Sources.SignIns;
using MfaPlan.Sources.Tests.Tokens;
using MfaPlan.Sources.Tokens;
using MfaPlan.Sources.Tokens.Pskc;

namespace MfaPlan.Sources.Tests;

/// <summary>Whatever the bytes, a reader answers with diagnostics, and no diagnostic repeats what stood in the file.</summary>
public sealed class HostileInputTests
{
    private const string Otpauth = "otpauth://totp/alice?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=x&digits=6&period=30\n"
        + "otpauth-migration://offline?data=CkAKFDEyMzQ1Njc4OTAxMjM0NTY3ODkwEhlDb250b3NvOmFsaWNlQGNvbnRvc28uY29tGgdDb250b3NvIAEoATACEAEYASAAKMDEBw%3D%3D\n";

    private static readonly string[] Signs = ["\"", ",", ";", "\n", "\r", "\0", "<", ">", "&", "=", "\t", "{", "\"\"", "\uFEFF", "\uD83D"];

    private static readonly string[] Secrets = ["GEZD", "gezd", "31323334", "MTIzNDU2", "12345678901234567890", "alice", "7472250", "900123", "qwerty"];

    private static readonly ImmutableArray<(string Name, string Sample, Func<string, CancellationToken, Task<ImmutableArray<Diagnostic>>> Read)> Readers =
    [
        ("users", $"{Exports.Header}\r\n{Exports.Row(1, "alice")}\r\n\"alice\"\"b\",x\r\n{Exports.Row(2)}\r\n", static async (path, cancel) => (await new MfaServerCsv(new InputFile("input", path)).ReadAsync(cancel)).Diagnostics),
        ("overrides", "entra,source\nalice@x,alice\n\"b@x\",b\n", static async (path, cancel) => (await OverridesCsv.ReadAsync(new InputFile("input", path), cancel)).Diagnostics),
        ("token csv", $"upn,serial number,secret key,time interval,manufacturer,model\nalice,1,{Seeds.Rfc},30,a,b\nalice,2,{Seeds.RfcHex},x,a,b\n", Of(static path => new TokenCsv(path))),
        ("pskc", PskcSamples.LowerCase, Of(static path => new PskcFile(path))),
        ("pskc with key", PskcSamples.Figure6, Of(static path => new PskcFile(path, new Secret(PskcSamples.PreSharedKey)))),
        ("pskc with password", PskcSamples.Figure7, Of(static path => new PskcFile(path, new Secret(PskcSamples.Password)))),
        ("otpauth", Otpauth, Of(static path => new OtpauthFile(path))),
        ("privacyIDEA", $"alice, 1, {Seeds.RfcHex}, totp, 6, 30\nalice, 2, {Seeds.Rfc}, hotp, 6\n", Of(static path => new PrivacyIdeaCsv(path))),
        ("pam", $"{Seeds.Rfc}\n\" STEP_SIZE 30\n\" TOTP_AUTH\n12345678\n", Of(static path => new GoogleAuthenticatorFile(path))),
        ("oath", $"HOTP/T30 alice - {Seeds.RfcHex}\nHOTP alice - {Seeds.RfcHex}\n", Of(static path => new OathUsersFile(path))),
        ("pingid", "username,status,deviceType,deviceRole,countryCode,phoneNumber\nalice,ACTIVE,SMS,Primary,44,7700900123\n", static async (path, cancel) => (await new PingIdCsv(new InputFile("input", path)).ReadAsync(cancel)).Diagnostics),
        ("duo", "{\"stat\":\"OK\",\"response\":[{\"username\":\"alice\",\"status\":\"active\",\"phones\":[{\"number\":\"+447700900123\",\"extension\":\"\"}]}]}", static async (path, cancel) => (await new DuoUsersJson(new InputFile("input", path)).ReadAsync(cancel)).Diagnostics),
        ("okta", "{\"user\":{\"profile\":{\"login\":\"alice\"}},\"factors\":[{\"factorType\":\"sms\",\"status\":\"ACTIVE\",\"profile\":{\"phoneNumber\":\"+1-555-415-1337\"}}]}", static async (path, cancel) => (await new OktaUsersJson(new InputFile("input", path)).ReadAsync(cancel)).Diagnostics),
        ("sign-ins", "{\"value\":[{\"userPrincipalName\":\"alice\",\"createdDateTime\":\"2026-03-01T10:05:00Z\",\"status\":{\"errorCode\":0}}]}\n[{\"createdDateTime\":\"2026-03-01T10:06:00Z\",\"status\":{\"errorCode\":50074}}]", static async (path, cancel) => (await SignInFile.OpenAsync(new InputFile("input", path), cancel)).Diagnostics),
    ];

    public static TheoryData<string> Names => [.. Readers.Select(static reader => reader.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Random_bytes_are_answered(string name)
    {
        var reader = Readers.Single(reader => reader.Name == name);

        await Gen.Byte.Array[0, 300].SampleAsync(async bytes => await AnswerAsync(reader.Read, bytes), iter: 300);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Damaged_samples_are_answered_without_repeating_them(string name)
    {
        var reader = Readers.Single(reader => reader.Name == name);
        var sample = Encoding.UTF8.GetBytes(reader.Sample);
        var cut = Gen.Select(Gen.Int[0, sample.Length], Gen.Int[0, 12], Gen.OneOf(
            Gen.Byte.Array[0, 6],
            Gen.Int[0, Signs.Length - 1].Select(static i => Encoding.UTF8.GetBytes(Signs[i]))));

        await cut.Array[1, 4].SampleAsync(
            async cuts =>
            {
                var bytes = sample;
                foreach (var (at, length, with) in cuts)
                {
                    var start = Math.Min(at, bytes.Length);
                    bytes = [.. bytes[..start], .. with, .. bytes[Math.Min(start + length, bytes.Length)..]];
                }

                await AnswerAsync(reader.Read, bytes);
            },
            iter: 300);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Megabytes_of_anything_are_answered(string name)
    {
        var reader = Readers.Single(reader => reader.Name == name);
        var half = Encoding.UTF8.GetBytes(reader.Sample);
        half = half[..(half.Length / 2)];

        foreach (var filler in (byte[])[(byte)'A', 0, (byte)'"', (byte)',', (byte)'\n', (byte)'\r', (byte)'<', (byte)'[', 0xFF])
        {
            var much = new byte[1_000_000];
            much.AsSpan().Fill(filler);

            await AnswerAsync(reader.Read, [.. half, .. much]);
        }
    }

    private static Func<string, CancellationToken, Task<ImmutableArray<Diagnostic>>> Of(Func<InputFile, ITokenSource> source) =>
        async (path, cancel) => (await source(new InputFile("input", path)).ReadAsync(cancel)).Diagnostics;

    private static async Task AnswerAsync(Func<string, CancellationToken, Task<ImmutableArray<Diagnostic>>> read, byte[] bytes)
    {
        using var file = new TemporaryFile(bytes);

        var diagnostics = await read(file.Path, CancellationToken.None);

        diagnostics.Length.ShouldBeLessThan(120);

        // A row that ran into the header may look like headings, and unknown headings are named.
        foreach (var diagnostic in diagnostics.Where(static diagnostic => diagnostic.Descriptor != SourceDiagnostics.ColumnsUnknown))
        {
            Secrets.ShouldAllBe(secret => !diagnostic.Message.Contains(secret, StringComparison.Ordinal));
        }
    }
}
