using CsCheck;
using MfaPlan.Core.Matching;

namespace MfaPlan.Core.Tests.Matching;

public sealed class SecurityIdTests
{
    [Fact]
    public void Any_text_comes_back_in_capitals_whatever_was_read_before() =>
        Gen.Select(Text, Text).Sample((text, before) =>
            SecurityId.Of(text, SecurityId.Of(before)).ToString().ShouldBe(text.ToUpperInvariant()));

    [Fact]
    public void Two_are_equal_exactly_when_their_texts_are_but_for_case() =>
        Gen.Select(Text, Text).Sample((one, other) =>
            (SecurityId.Of(one) == SecurityId.Of(other)).ShouldBe(string.Equals(one, other, StringComparison.OrdinalIgnoreCase)));

    [Theory]
    [InlineData("S-1-5-21-1-2-3-1101", "s-1-5-21-1-2-3-1101", true)]
    [InlineData("S-1-5-21-1-2-3-1101", "S-1-5-21-1-2-3-01101", false)]
    [InlineData("S-1-5-21-1-2-3-1101", "S-1-5-21-1-2-4-1101", false)]
    [InlineData("S-1-5-21-1-2-3-4294967295", "S-1-5-21-1-2-3-4294967296", false)]
    public void Known_pairs(string one, string other, bool equal) =>
        (SecurityId.Of(one) == SecurityId.Of(other)).ShouldBe(equal);

    [Fact]
    public void Accounts_of_one_domain_share_its_text()
    {
        var first = SecurityId.Of("S-1-5-21-1004336348-1177238915-682003330-1");
        var before = GC.GetAllocatedBytesForCurrentThread();
        _ = SecurityId.Of("S-1-5-21-1004336348-1177238915-682003330-2", first);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    private static readonly Gen<string> Text = Gen.OneOf(
        Gen.Char["sS-0123456789x"].Array[0, 24].Select(static chars => new string(chars)),
        Gen.Select(Gen.UInt[0, 3], Gen.UInt).Select(static (domain, account) => $"S-1-5-21-{domain}-{account % 5}"));
}
