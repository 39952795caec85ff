using System.Text;
using CsCheck;
using MfaPlan.Core.Approvals;

namespace MfaPlan.Core.Tests.Approvals;

public sealed class ApprovalTextTests
{
    private const string One =
        """{"format":1,"approves":"changeSet","tenant":"11111111-2222-4333-8444-555555555555","plan":"PLAN","digest":"DIGEST","expires":"2026-08-04T09:00:00Z","signer":"erin@contoso.com"}""";

    private const string Standing =
        """{"format":1,"approves":"changeSetsToCome","tenant":"11111111-2222-4333-8444-555555555555","plan":"PLAN","kinds":["phone.mobile","phone.office"],"usersPerDay":500,"expires":"2026-08-31T09:00:00Z","signer":"erin@contoso.com"}""";

    [Fact]
    public void A_document_of_version_1_stays_as_it_was()
    {
        Encoding.UTF8.GetString(ApprovalText.Write(Cases.Terms)).ShouldBe(Whole(One));
        Encoding.UTF8.GetString(ApprovalText.Write(Cases.StandingTerms)).ShouldBe(Whole(Standing));
        ApprovalText.Read(Encoding.UTF8.GetBytes(Whole(One))).ShouldBe(Cases.Terms);
        ApprovalText.Read(Encoding.UTF8.GetBytes(Whole(Standing))).ShouldBe(Cases.StandingTerms);
    }

    [Theory]
    [InlineData("\"format\":1", "\"format\":2", "newer version")]
    [InlineData("\"format\":1,", "", "not the JSON")]
    [InlineData("{\"format\"", "{ \"format\"", "not written as")]
    [InlineData("\"signer\"", "\"other\":1,\"signer\"", "not written as")]
    [InlineData("\"signer\":\"", "\"signer\":\"frank\",\"signer\":\"", "not written as")]
    [InlineData("erin@contoso.com", "", "signer")]
    [InlineData("erin@contoso.com", "erin frank", "signer")]
    [InlineData("erin@contoso.com", "*@contoso.com", "signer")]
    [InlineData("erin@contoso.com", "-O", "signer")]
    [InlineData("09:00:00Z", "09:00:00+02:00", "expiry")]
    [InlineData("DIGEST", "abc", "digest")]
    [InlineData("changeSet", "everything", "what it approves")]
    public void Nothing_else_is_read(string old, string replacement, string reason)
    {
        var text = Whole(One.Replace(old, replacement, StringComparison.Ordinal));

        Should.Throw<FormatException>(() => ApprovalText.Read(Encoding.UTF8.GetBytes(text))).Message.ShouldContain(reason);
    }

    [Theory]
    [InlineData(":500", ":0")]
    [InlineData(":500", ":-1")]
    [InlineData("\"phone.mobile\",\"phone.office\"", "\"phone.office\",\"phone.mobile\"")]
    [InlineData("\"phone.office\"", "\"phone.mobile\"")]
    [InlineData("\"phone.office\"", "1")]
    public void Standing_terms_are_read_in_one_form_only(string old, string replacement) =>
        Should.Throw<FormatException>(() => ApprovalText.Read(Encoding.UTF8.GetBytes(Whole(Standing.Replace(old, replacement, StringComparison.Ordinal)))));

    [Fact]
    public void Print_then_read_gives_the_same_and_every_other_byte_another_meaning_or_none()
    {
        var document = ApprovalText.Write(Cases.Terms);

        Gen.Select(Gen.Int[0, document.Length - 1], Gen.Byte).Sample((at, value) =>
        {
            var touched = document.ToArray();
            touched[at] = value;
            try
            {
                return value == document[at] == ApprovalText.Read(touched).Equals(Cases.Terms);
            }
            catch (FormatException)
            {
                return value != document[at];
            }
        });
    }

    [Fact]
    public void Whatever_the_bytes_are_it_is_read_or_said_to_be_none() =>
        Gen.Byte.Array[0, 300].Sample(static bytes =>
        {
            Should.Throw<FormatException>(() => ApprovalText.Read(bytes));
            Should.Throw<FormatException>(() => SshSignature.Read(bytes));
        });

    private static string Whole(string text) =>
        text.Replace("PLAN", Cases.Plan, StringComparison.Ordinal).Replace("DIGEST", Cases.Digest, StringComparison.Ordinal) + "\n";
}
