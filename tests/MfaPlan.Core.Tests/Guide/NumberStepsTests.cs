using CsCheck;
using MfaPlan.Core.Rules;
using MfaPlan.Core.Sources;

namespace MfaPlan.Core.Tests.Guide;

/// <summary>Phone numbers: the form Entra takes, the steps from the source's three texts to it, and what went wrong in the field.</summary>
public sealed class NumberStepsTests
{
    [Theory]
    [InlineData("Form: one space behind the country code", "1", "5555551234", "", "+1 5555551234", "")]
    [InlineData("Form: x before the extension", "1", "5555551234", "123", "+1 5555551234x123", "")]
    [InlineData("1: only digits count", "1", "(555) 555-12 34", "", "+1 5555551234", "")]
    [InlineData("1: an embedded country code behind a plus", "", "+44 7400 900123", "", "+44 7400900123", "country code taken from the number")]
    [InlineData("1: an embedded country code behind 00", "", "0044 7400 900123", "", "+44 7400900123", "country code taken from the number")]
    [InlineData("1: extension behind x", "1", "5555551234x123", "", "+1 5555551234x123", "extension taken from the number")]
    [InlineData("1: extension behind ext", "1", "5555551234 ext 123", "", "+1 5555551234x123", "extension taken from the number")]
    [InlineData("1: extension behind ;ext=", "1", "5555551234;ext=123", "", "+1 5555551234x123", "extension taken from the number")]
    [InlineData("1: extension behind a comma", "1", "5555551234,123", "", "+1 5555551234x123", "extension taken from the number")]
    [InlineData("3: country code again", "44", "447400900123", "", "+44 7400900123", "repeated country code taken off")]
    [InlineData("3: trunk zero", "44", "07400900123", "", "+44 7400900123", "one trunk zero taken off")]
    [InlineData("3: the zero that belongs to the number", "39", "0655550124", "", "+39 0655550124", "")]
    [InlineData("3: trunk 8 of +7", "7", "89161234567", "", "+7 9161234567", "one trunk 8 taken off")]
    [InlineData("3: an 8 that belongs to the number", "7", "8001234567", "", "+7 8001234567", "")]
    [InlineData("Pitfall: plus in the country column", "+44", "7400900123", "", "+44 7400900123", "")]
    [InlineData("Pitfall: 00 in the country column", "0044", "7400900123", "", "+44 7400900123", "")]
    [InlineData("Pitfall: country column with an area code", "1-684", "6331234", "", "+1 6846331234", "")]
    [InlineData("Pitfall: NANP 1 typed into the number", "1", "15555551234", "", "+1 5555551234", "repeated country code taken off")]
    [InlineData("Pitfall: extension 0", "1", "5555551234", "0", "+1 5555551234", "an extension of zeros left out")]
    public void A_step_that_leads_to_a_number(string step, string country, string number, string extension, string expected, string repair)
    {
        var usable = NumberReader.Read(new SourcePhone(country, number, extension)).ShouldBeOfType<NumberReading.Usable>(step);

        usable.Value.Reveal().ShouldBe(expected, step);
        (usable.Repair ?? "").ShouldBe(repair, step);
    }

    [Theory]
    [InlineData("2: not an assigned country code", "999", "5555551234", "not assigned")]
    [InlineData("2: country code 0", "0", "5555551234", "no country code")]
    [InlineData("2: no country code; a plan has no default one, on purpose", "", "5555551234", "no country code")]
    [InlineData("4: more than fifteen digits in all", "49", "12345678901234", "more than fifteen")]
    [InlineData("4: too short for its country", "1", "55512", "short")]
    [InlineData("Pitfall: the spreadsheet's power of ten", "44", "4.47E+11", "power of ten")]
    [InlineData("Pitfall: short code", "44", "60123", "locally")]
    public void A_step_that_refuses(string step, string country, string number, string reason) =>
        NumberReader.Read(new SourcePhone(country, number, "")).ShouldBeOfType<NumberReading.Unreadable>(step).Reason.ShouldContain(reason, customMessage: step);

    [Theory]
    [InlineData("1", "")]
    [InlineData("1", " ")]
    public void A_country_code_alone_is_no_phone(string country, string number) =>
        NumberReader.Read(new SourcePhone(country, number, "")).ShouldBeOfType<NumberReading.Empty>();

    /// <summary>Whatever the source holds, what goes to Entra has its form and at most fifteen digits before the extension.</summary>
    [Fact]
    public void What_is_used_has_the_form_that_Entra_takes() => Gen.Select(
            Gen.OneOf("", "1", "+44", "0049", "39", "7", "43", "86", "1-684", "0"),
            Gen.Char["0123456789 -().+x"].Array[0, 20].Select(static letters => new string(letters)),
            Gen.OneOf("", "0", "7", "123456"))
        .Sample(
            static (country, number, extension) =>
            {
                if (NumberReader.Read(new SourcePhone(country, number, extension)) is NumberReading.Usable usable)
                {
                    usable.Value.Reveal().ShouldMatch("^\\+[1-9][0-9]{0,2} [0-9]+(x[0-9]+)?$");
                    usable.Value.Reveal().Split('x')[0].Count(char.IsAsciiDigit).ShouldBeLessThanOrEqualTo(15);
                }
            },
            iter: 20_000);
}
