using System.Text;
using System.Text.Json;
using CsCheck;
using MfaPlan.Core.Privacy;
using MfaPlan.Core.Sources.Tokens;

namespace MfaPlan.Sources.Tests.Tokens;

public sealed class TokenSeedTests
{
    // RFC 6238, appendix B; the seed is as long as the hash.
    [Theory]
    [InlineData(59, "94287082", "46119246", "90693936")]
    [InlineData(1111111109, "07081804", "68084774", "25091201")]
    [InlineData(1111111111, "14050471", "67062674", "99943326")]
    [InlineData(1234567890, "89005924", "91819424", "93441116")]
    [InlineData(2000000000, "69279037", "90698825", "38618901")]
    [InlineData(20000000000, "65353130", "77737706", "47863826")]
    public void Codes_are_those_of_RFC_6238(long unix, string sha1, string sha256, string sha512)
    {
        var at = DateTimeOffset.FromUnixTimeSeconds(unix);

        TokenCode.At(Ascii(20, TokenAlgorithm.Sha1), at).ShouldBe(sha1);
        TokenCode.At(Ascii(32, TokenAlgorithm.Sha256), at).ShouldBe(sha256);
        TokenCode.At(Ascii(64, TokenAlgorithm.Sha512), at).ShouldBe(sha512);
        TokenCode.At(Ascii(20, TokenAlgorithm.Sha1) with { Digits = 6 }, at).ShouldBe(sha1[2..]);
    }

    [Fact]
    public void A_counter_or_an_unknown_hash_gives_no_code()
    {
        Should.Throw<ArgumentException>(() => TokenCode.At(Seeds.Of(Seeds.Rfc) with { Kind = TokenKind.Hotp }, DateTimeOffset.UnixEpoch));
        Should.Throw<ArgumentException>(() => TokenCode.At(Seeds.Of(Seeds.Rfc, TokenAlgorithm.Md5), DateTimeOffset.UnixEpoch));
    }

    [Theory]
    [InlineData("JBSWY3DPEHPK3PXP", "JBSWY3DPEHPK3PXP")]
    [InlineData("jbsw y3dp-ehpk 3pxp", "JBSWY3DPEHPK3PXP")]
    [InlineData("MZXW6===", "MZXW6")]
    [InlineData("MZXW7", "MZXW6")]
    public void A_seed_has_one_text(string written, string canonical) => Seeds.Of(written).Text().ShouldBe(canonical);

    [Theory]
    [InlineData("")]
    [InlineData("=")]
    [InlineData("JBSWY3DPEHPK3PX0")]
    [InlineData("M")]
    [InlineData("MZX")]
    [InlineData("MZ=W")]
    [InlineData("ÄÄÄÄ")]
    public void What_is_no_Base32_is_no_seed(string text) => Base32.TryRead(text, out _).ShouldBeFalse();

    [Fact]
    public void The_vector_of_the_otpauth_form_has_its_bytes() =>
        Base32.BytesOf(Seeds.Of("JBSWY3DPEHPK3PXP").Secret).ShouldBe([0x48, 0x65, 0x6c, 0x6c, 0x6f, 0x21, 0xde, 0xad, 0xbe, 0xef]);

    [Fact]
    public void Bytes_written_and_read_are_the_same() =>
        Gen.Byte.Array[1, 200].Sample(bytes =>
            Base32.BytesOf(Base32.Write(bytes)).SequenceEqual(bytes)
            && Base32.TryReadHex(Convert.ToHexString(bytes), out var hex)
            && hex.Reveal(x => x) == Base32.Write(bytes).Reveal(x => x));

    [Fact]
    public void A_fingerprint_depends_on_seed_and_key_and_not_on_spelling()
    {
        var one = TokenFingerprint.Of(Seeds.Of("JBSWY3DPEHPK3PXP"), [1, 2, 3]);

        TokenFingerprint.Of(Seeds.Of("jbsw y3dp ehpk 3pxp"), [1, 2, 3]).ShouldBe(one);
        TokenFingerprint.Of(Seeds.Of("JBSWY3DPEHPK3PXQ"), [1, 2, 3]).ShouldNotBe(one);
        TokenFingerprint.Of(Seeds.Of("JBSWY3DPEHPK3PXP"), [1, 2, 4]).ShouldNotBe(one);
        one.Hex.Length.ShouldBe(32);
    }

    [Fact]
    public void A_token_without_serial_number_gets_the_same_one_each_time()
    {
        var seed = Seeds.Of(Seeds.Rfc);
        var fingerprint = TokenFingerprint.Of(seed, [1, 2, 3]);

        (seed with { Serial = null }).Numbered(fingerprint).Serial.ShouldBe("MFAPLAN-" + fingerprint.Hex[..16]);
        seed.Numbered(fingerprint).Serial.ShouldBe("1");
    }

    [Fact]
    public void Eligibility_names_the_first_reason()
    {
        var seed = Seeds.Of(Seeds.Rfc);

        TokenEligibility.Check(seed).ShouldBeNull();
        TokenEligibility.Check(seed with { Algorithm = TokenAlgorithm.Sha256, IntervalSeconds = 60 }).ShouldBeNull();
        TokenEligibility.Check(seed with { Kind = TokenKind.Hotp }).ShouldBe("token.hotp");
        TokenEligibility.Check(seed with { Kind = TokenKind.Other }).ShouldBe("token.otherKind");
        TokenEligibility.Check(seed with { Digits = 8 }).ShouldBe("token.digits");
        TokenEligibility.Check(seed with { Algorithm = TokenAlgorithm.Sha512 }).ShouldBe("token.algorithm");
        TokenEligibility.Check(seed with { Algorithm = TokenAlgorithm.Unknown }).ShouldBe("token.algorithmUnknown");
        TokenEligibility.Check(seed with { IntervalSeconds = 45 }).ShouldBe("token.interval");
        TokenEligibility.Check(seed with { Secret = Base32.Write(new byte[80]) }).ShouldBeNull();
        TokenEligibility.Check(seed with { Secret = Base32.Write(new byte[81]) }).ShouldBe("token.secretTooLong");
        TokenEligibility.Check(seed with { Owner = null }).ShouldBe("token.noOwner");
        TokenEligibility.Check(seed with { Serial = null }).ShouldBe("token.noSerial");
        TokenEligibility.CheckAll([seed with { Serial = "a" }, seed, seed with { Serial = "A" }]).ShouldBe(["token.serialTwice", null, "token.serialTwice"]);
    }

    [Fact]
    public void A_token_shows_neither_its_seed_nor_its_owner()
    {
        var seed = Seeds.Of(Seeds.Rfc) with { Owner = new PersonalName("alice@contoso.com") };

        seed.ToString().ShouldNotContain("GEZD");
        seed.ToString().ShouldNotContain("alice");
        Should.Throw<NotSupportedException>(() => JsonSerializer.Serialize(seed));
    }

    private static TokenSeed Ascii(int length, TokenAlgorithm algorithm)
    {
        var text = string.Concat(Enumerable.Repeat("1234567890", 7))[..length];
        return Seeds.Of(Seeds.Rfc, algorithm, digits: 8) with { Secret = Base32.Write(Encoding.ASCII.GetBytes(text)) };
    }
}
