using System.Security.Cryptography;
using System.Text;
using MfaPlan.Core.Diagnostics;
using MfaPlan.Core.Privacy;
using MfaPlan.Core.Sources.Tokens;
using MfaPlan.Sources.Tokens;
using MfaPlan.Sources.Tokens.Pskc;

namespace MfaPlan.Sources.Tests.Tokens;

public sealed class PskcFileTests
{
    [Fact]
    public async Task Figure_6_opens_with_its_pre_shared_key()
    {
        var table = await ReadAsync(PskcSamples.Figure6, PskcSamples.PreSharedKey);

        table.Diagnostics.ShouldBeEmpty();
        var seed = table.Value!.Seeds.ShouldHaveSingleItem();
        seed.Text().ShouldBe(Seeds.Rfc);
        (seed.Serial, seed.Manufacturer, seed.Kind, seed.Digits, seed.Row).ShouldBe(("987654321", "Manufacturer", TokenKind.Hotp, 8, 15));
    }

    [Fact]
    public async Task Figure_7_opens_with_its_password()
    {
        var table = await ReadAsync(PskcSamples.Figure7, PskcSamples.Password);

        table.Diagnostics.ShouldBeEmpty();
        table.Value!.Seeds.ShouldHaveSingleItem().Text().ShouldBe(Seeds.Rfc);
    }

    [Fact]
    public async Task A_pre_shared_key_may_be_Base64()
    {
        var key = Convert.ToBase64String(Convert.FromHexString(PskcSamples.PreSharedKey));

        (await ReadAsync(PskcSamples.Figure6, key)).Value!.Seeds.Length.ShouldBe(1);
    }

    [Fact]
    public async Task Lower_case_and_everything_that_cannot_be_taken_is_told_apart()
    {
        var table = await ReadAsync(PskcSamples.LowerCase, null);

        var seeds = table.Value!.Seeds;
        seeds.Select(seed => (seed.Serial, seed.Kind)).ShouldBe([("OATH0001", TokenKind.Totp), ("OATH0002", TokenKind.Hotp), ("OATH0003", TokenKind.Other)]);
        (seeds[0].Algorithm, seeds[0].IntervalSeconds, seeds[0].Digits, seeds[0].Owner!.Value.Reveal()).ShouldBe((TokenAlgorithm.Sha256, 60, 6, "alice"));
        Exports.CodesAndRows(table.Diagnostics).ShouldBe(["MFP5128", "MFP5121@25", "MFP5120@26"]);
        table.Value.DamagedRows.ShouldBe(2);
    }

    [Theory]
    [InlineData(null, "MFP5124")]
    [InlineData("12345678901234567890123456789013", "MFP5125")]
    [InlineData("1234", "MFP5125")]
    [InlineData("no key at all", "MFP5125")]
    public async Task Without_the_right_key_nothing_is_taken(string? key, string code)
    {
        var table = await ReadAsync(PskcSamples.Figure6, key);

        (table.Value?.Seeds.Length ?? 0).ShouldBe(0);
        table.Diagnostics.Select(diagnostic => diagnostic.Descriptor.Code).ShouldBe([code]);
        table.Diagnostics.ShouldAllBe(diagnostic => !diagnostic.Message.Contains(key ?? "?", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_wrong_password_is_told() =>
        (await ReadAsync(PskcSamples.Figure7, "qwertz")).Diagnostics.Select(diagnostic => diagnostic.Descriptor).ShouldBe([TokenDiagnostics.KeyWrong]);

    [Fact]
    public async Task An_altered_seed_is_refused_by_its_authentication_code()
    {
        var altered = PskcSamples.Figure6.Replace("+cIHItlB3Wra1", "+cIHItlB3Wra2", StringComparison.Ordinal);

        var table = await ReadAsync(altered, PskcSamples.PreSharedKey);

        table.Value!.Seeds.ShouldBeEmpty();
        Exports.CodesAndRows(table.Diagnostics).Single().ShouldStartWith("MFP5125@");
        table.Value.DamagedRows.ShouldBe(1);
    }

    [Fact]
    public async Task A_seed_without_authentication_code_is_refused()
    {
        var table = await ReadAsync(PskcSamples.Figure6.Replace("ValueMAC", "Other", StringComparison.Ordinal), PskcSamples.PreSharedKey);

        table.Value!.Seeds.ShouldBeEmpty();
        table.Diagnostics.Single().Descriptor.ShouldBe(TokenDiagnostics.MacMissing);
    }

    [Theory]
    [InlineData("aes128-cbc", 16, "hmac-sha1", true, false)]
    [InlineData("aes192-cbc", 24, "hmac-sha256", true, true)]
    [InlineData("aes256-cbc", 32, "hmac-sha512", false, false)]
    [InlineData("tripledes-cbc", 24, "hmac-sha1", true, true)]
    [InlineData("kw-aes128", 16, "hmac-sha1", true, false)]
    [InlineData("kw-aes256", 32, null, false, false)]
    public async Task All_supported_methods_open(string method, int keyLength, string? mac, bool ownMacKey, bool overPlain)
    {
        var key = Enumerable.Range(1, keyLength).Select(i => (byte)(i * 7)).ToArray();
        var xml = Encrypted(method, key, mac, ownMacKey, overPlain);

        var table = await ReadAsync(xml, Convert.ToBase64String(key));

        table.Diagnostics.ShouldBeEmpty();
        table.Value!.Seeds.Single().Secret.Reveal(x => x).ShouldBe("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNA");
    }

    [Fact]
    public async Task Key_wrap_gives_the_vector_of_RFC_3394()
    {
        // Section 4.1: a 128-bit key wrapped with a 128-bit key.
        var xml = Container("", "kw-aes128", Convert.FromHexString("1FA68B0A8112B447AEF34BD8FB5A7B829D3E862371D2CFE5"), null);

        var table = await ReadAsync(xml, "000102030405060708090A0B0C0D0E0F");

        Base32.BytesOf(table.Value!.Seeds.Single().Secret).ShouldBe(Convert.FromHexString("00112233445566778899AABBCCDDEEFF"));
    }

    [Theory]
    [InlineData("aes128-cbc\"", "aes128-gcm\"", "MFP5126")]
    [InlineData("hmac-sha1", "hmac-whirlpool", "MFP5126")]
    public async Task An_unsupported_method_is_named(string old, string now, string code)
    {
        var table = await ReadAsync(PskcSamples.Figure6.Replace(old, now, StringComparison.Ordinal), PskcSamples.PreSharedKey);

        (table.Value?.Seeds.Length ?? 0).ShouldBe(0);
        table.Diagnostics.Select(diagnostic => diagnostic.Descriptor.Code).ShouldBe([code]);
    }

    [Theory]
    [InlineData("<IterationCount>1000<", "<IterationCount>2000000000<")]
    [InlineData("<KeyLength>16<", "<KeyLength>100000000<")]
    [InlineData("<IterationCount>1000<", "<IterationCount>-1<")]
    public async Task Hostile_parameters_cost_nothing(string old, string now) =>
        (await ReadAsync(PskcSamples.Figure7.Replace(old, now, StringComparison.Ordinal), "x")).Diagnostics.Select(diagnostic => diagnostic.Descriptor.Code).ShouldBe(["MFP5126"]);

    [Theory]
    [InlineData("<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>", "MFP5122@1")]
    [InlineData("<!DOCTYPE lolz [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\">]><lolz>&b;</lolz>", "MFP5122@1")]
    [InlineData("<a>&x;</a>", "MFP5122@1")]
    [InlineData("<KeyContainer><KeyPackage>", "MFP5122@1")]
    [InlineData("not xml", "MFP5122@1")]
    [InlineData("<KeyContainer/>", "MFP5123")]
    [InlineData("<KeyContainer xmlns=\"urn:ietf:params:xml:ns:keyprov:pskc:1.0\"><Device/></KeyContainer>", "MFP5123")]
    [InlineData("", "MFP5103")]
    public async Task What_is_no_key_container_is_refused(string xml, string code)
    {
        var table = await ReadAsync(xml, null);

        table.Succeeded.ShouldBeFalse();
        Exports.CodesAndRows(table.Diagnostics).ShouldBe([code]);
    }

    [Fact]
    public async Task Depth_and_number_of_elements_are_bounded()
    {
        var deep = "<KeyContainer><KeyPackage>" + string.Concat(Enumerable.Repeat("<a>", 100_000));
        var wide = "<KeyContainer><KeyPackage>" + string.Concat(Enumerable.Repeat("<a/>", 100_000));

        Exports.CodesAndRows((await ReadAsync(deep, null)).Diagnostics).ShouldBe(["MFP5122@1"]);
        Exports.CodesAndRows((await ReadAsync(wide, null)).Diagnostics).ShouldBe(["MFP5122@1"]);
    }

    private static Task<Checked<TokenTable>> ReadAsync(string xml, string? key) =>
        Seeds.ReadAsync(xml, path => new PskcFile(path, key is null ? null : new Secret(key)));

#pragma warning disable CA5350 // the methods that vendors use
    private static string Encrypted(string method, byte[] key, string? mac, bool ownMacKey, bool overPlain)
    {
        var seed = Encoding.ASCII.GetBytes("123456789012345678901234");
        var data = Encrypt(method, key, seed);
        var macKey = ownMacKey ? Encoding.ASCII.GetBytes("a MAC key of 24 bytes...") : key;
        var macKeyElement = ownMacKey
            ? $"<MACKey><EncryptionMethod Algorithm=\"urn:x#{method}\"/><CipherData><CipherValue>{Convert.ToBase64String(Encrypt(method, key, macKey))}</CipherValue></CipherData></MACKey>"
            : "";
        var over = overPlain ? seed : data;
        var value = mac switch
        {
            "hmac-sha1" => HMACSHA1.HashData(macKey, over),
            "hmac-sha256" => HMACSHA256.HashData(macKey, over),
            "hmac-sha512" => HMACSHA512.HashData(macKey, over),
            _ => null,
        };
        var macMethod = value is null ? "" : $"<MACMethod Algorithm=\"urn:x#{mac}\">{macKeyElement}</MACMethod>";
        return Container(macMethod, method, data, value);
    }

    private static string Container(string macMethod, string method, byte[] data, byte[]? mac) =>
        $"""
        <c:KeyContainer xmlns:c="urn:ietf:params:xml:ns:keyprov:pskc">{macMethod.Replace("<", "<c:", StringComparison.Ordinal).Replace("<c:/", "</c:", StringComparison.Ordinal)}
        <c:KeyPackage><c:Key Id="1" Algorithm="urn:ietf:params:xml:ns:keyprov:pskc:totp"><c:Data><c:Secret>
        <c:EncryptedValue><c:EncryptionMethod Algorithm="urn:x#{method}"/><c:CipherData><c:CipherValue>{Convert.ToBase64String(data)}</c:CipherValue></c:CipherData></c:EncryptedValue>
        {(mac is null ? "" : $"<c:ValueMAC>{Convert.ToBase64String(mac)}</c:ValueMAC>")}
        </c:Secret></c:Data></c:Key></c:KeyPackage></c:KeyContainer>
        """;

    private static byte[] Encrypt(string method, byte[] key, byte[] plain)
    {
        if (method.StartsWith("kw-", StringComparison.Ordinal))
        {
            return Wrap(key, plain);
        }

        using SymmetricAlgorithm cipher = method.StartsWith("aes", StringComparison.Ordinal) ? Aes.Create() : TripleDES.Create();
        cipher.Key = key;
        var iv = Enumerable.Range(0, cipher.BlockSize / 8).Select(i => (byte)i).ToArray();
        return [.. iv, .. cipher.EncryptCbc(plain, iv)];
    }

#pragma warning restore CA5350

    /// <summary>AES key wrap, written from RFC 3394 section 2.2.1 for these tests.</summary>
    private static byte[] Wrap(byte[] key, byte[] plain)
    {
        using var aes = Aes.Create();
        aes.Key = key;
        var blocks = plain.Length / 8;
        var a = Convert.FromHexString("A6A6A6A6A6A6A6A6");
        var r = plain.Chunk(8).Select(block => block.ToArray()).ToArray();
        for (var j = 0; j < 6; j++)
        {
            for (var i = 0; i < blocks; i++)
            {
                var b = aes.EncryptEcb([.. a, .. r[i]], PaddingMode.None);
                a = b[..8];
                a[7] ^= (byte)((blocks * j) + i + 1);
                r[i] = b[8..];
            }
        }

        return [.. a, .. r.SelectMany(block => block)];
    }
}
