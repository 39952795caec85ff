using CsCheck;
using MfaPlan.Core.Rules;
using MfaPlan.Core.Sources;

namespace MfaPlan.Core.Tests.Rules;

public sealed class NumberReaderTests
{
    /// <summary>Forms that were met in exports, by name: what is used, and the repair that is said; or why it is refused.</summary>
    [Theory]
    [InlineData("spaces", "44", " 7400 900 123 ", "", "+44 7400900123", "")]
    [InlineData("hyphens and brackets", "1", "(206) 555-0100", "", "+1 2065550100", "")]
    [InlineData("plus in the country column", "+44", "7400900123", "", "+44 7400900123", "")]
    [InlineData("zeros in the country column", "0044", "7400900123", "", "+44 7400900123", "")]
    [InlineData("hyphen in the country column", "1-684", "6331234", "", "+1 6846331234", "")]
    [InlineData("Italian zero, which belongs to the number", "39", "0655550124", "", "+39 0655550124", "")]
    [InlineData("trunk zero", "44", "07400900123", "", "+44 7400900123", "one trunk zero taken off")]
    [InlineData("trunk zero in Germany", "49", "030 23125001", "", "+49 3023125001", "one trunk zero taken off")]
    [InlineData("country code again", "44", "447400900123", "", "+44 7400900123", "repeated country code taken off")]
    [InlineData("country code again with plus", "44", "+44 7400 900123", "", "+44 7400900123", "repeated country code taken off")]
    [InlineData("country code again with 00", "44", "0044 7400 900123", "", "+44 7400900123", "repeated country code with its international prefix taken off")]
    [InlineData("NANP with its 1", "1", "1-206-555-0100", "", "+1 2065550100", "repeated country code taken off")]
    [InlineData("no country column, plus in the number", "", "+44 7400 900123", "", "+44 7400900123", "country code taken from the number")]
    [InlineData("extension in its column", "1", "2065550100", "890", "+1 2065550100x890", "")]
    [InlineData("extension behind x", "1", "206-555-0100 x890", "", "+1 2065550100x890", "extension taken from the number")]
    [InlineData("extension behind ext.", "1", "206-555-0100 ext. 890", "", "+1 2065550100x890", "extension taken from the number")]
    [InlineData("extension behind a comma", "1", "2065550100,890", "", "+1 2065550100x890", "extension taken from the number")]
    [InlineData("extension of RFC 3966", "1", "2065550100;ext=890", "", "+1 2065550100x890", "extension taken from the number")]
    [InlineData("extension of zeros", "1", "2065550100", "000", "+1 2065550100", "an extension of zeros left out")]
    [InlineData("power of ten of a spreadsheet", "44", "4.47E+11", "", "", "power of ten")]
    [InlineData("short code", "44", "60123", "", "", "only be dialled locally")]
    [InlineData("emergency number", "1", "911", "", "", "short")]
    [InlineData("another country in the number", "1", "+44 7400 900123", "", "", "long")]
    [InlineData("trunk zero in brackets", "44", "+44 (0)7400 900123", "", "", "long")]
    [InlineData("two numbers in one cell", "1", "2065550100/2065550101", "", "", "not a possible number")]
    [InlineData("words", "1", "see mobile", "", "", "characters")]
    public void Numbers_from_the_field(string form, string country, string number, string extension, string expected, string said)
    {
        var reading = NumberReader.Read(new SourcePhone(country, number, extension));

        if (expected.Length == 0)
        {
            reading.ShouldBeOfType<NumberReading.Unreadable>(form).Reason.ShouldContain(said);
            return;
        }

        var usable = reading.ShouldBeOfType<NumberReading.Usable>(form);
        usable.Value.Reveal().ShouldBe(expected, form);
        (usable.Repair ?? "").ShouldBe(said, form);
    }

    /// <summary>Where the digits differ from those of country column and number, it was said.</summary>
    [Fact]
    public void No_repair_is_silent() => Gen.Select(
            Gen.OneOf("", "1", "+1", "44", "0044", "39", "49", "7", "1-684", "999"),
            Gen.Char["0123456789 -().+x"].Array[0, 16].Select(static letters => new string(letters)),
            Gen.OneOf("", "0", "7", "x7"))
        .Sample(
            static (country, number, extension) =>
            {
                if (NumberReader.Read(new SourcePhone(country, number, extension)) is NumberReading.Usable { Repair: null } usable)
                {
                    var digits = string.Concat($"{country.TrimStart('+', '0')}{number}".Where(char.IsAsciiDigit));
                    string.Concat(usable.Value.Reveal().Split('x')[0].Where(char.IsAsciiDigit)).ShouldBe(digits);
                }
            },
            iter: 20_000);

    [Theory]
    [InlineData("1", "2065550100", "", "+1 2065550100")]
    [InlineData("44", "7400 900-123", "", "+44 7400900123")]
    [InlineData("+44", "7400900123", "", "+44 7400900123")]
    [InlineData("0044", "7400900123", "", "+44 7400900123")]
    [InlineData("39", "06 5555 0124", "", "+39 0655550124")]
    [InlineData("1-684", "633 1234", "", "+1 6846331234")]
    [InlineData("1", "2065550100", "4711", "+1 2065550100x4711")]
    [InlineData("49", "(30) 23125-001", "", "+49 3023125001")]
    public void A_number_that_stands_as_it_should_is_used_without_a_word(string country, string number, string extension, string expected)
    {
        var usable = NumberReader.Read(new SourcePhone(country, number, extension)).ShouldBeOfType<NumberReading.Usable>();

        usable.Value.Reveal().ShouldBe(expected);
        usable.Repair.ShouldBeNull();
    }

    [Theory]
    [InlineData("44", "07400900123", "", "+44 7400900123", "trunk zero")]
    [InlineData("44", "447400900123", "", "+44 7400900123", "repeated country code")]
    [InlineData("44", "+447400900123", "", "+44 7400900123", "repeated country code")]
    [InlineData("44", "00447400900123", "", "+44 7400900123", "international prefix")]
    [InlineData("1", "12065550100", "", "+1 2065550100", "repeated country code")]
    [InlineData("1", "206-555-0100 x890", "", "+1 2065550100x890", "extension taken")]
    [InlineData("1", "2065550100;ext=7", "", "+1 2065550100x7", "extension taken")]
    [InlineData("1", "2065550100", "0", "+1 2065550100", "zeros")]
    [InlineData("", "+442079460018", "", "+44 2079460018", "country code taken")]
    public void A_repair_is_made_only_where_it_is_the_only_one_and_it_is_said(
        string country, string number, string extension, string expected, string said)
    {
        var usable = NumberReader.Read(new SourcePhone(country, number, extension)).ShouldBeOfType<NumberReading.Usable>();

        usable.Value.Reveal().ShouldBe(expected);
        usable.Repair.ShouldNotBeNull().ShouldContain(said);
    }

    [Theory]
    [InlineData("44", "4.47E+11", "power of ten")]
    [InlineData("1", "55501", "short")]
    [InlineData("44", "12345678901234", "long")]
    [InlineData("", "7400900123", "no country code")]
    [InlineData("999", "12345678", "not assigned")]
    [InlineData("44", "call me", "characters")]
    [InlineData("44", "(0)44 7400900123", "long")]
    [InlineData("44", "٧٤٠٠٩٠٠١٢٣", "characters")]
    [InlineData("4x", "7400900123", "country code has characters")]
    [InlineData("1", "2065550100x12x13", "extension")]
    public void What_cannot_be_read_is_refused_with_its_reason(string country, string number, string reason) =>
        NumberReader.Read(new SourcePhone(country, number, "")).ShouldBeOfType<NumberReading.Unreadable>().Reason.ShouldContain(reason);

    [Fact]
    public void Two_extensions_that_differ_are_refused() =>
        NumberReader.Read(new SourcePhone("1", "2065550100x12", "13")).ShouldBeOfType<NumberReading.Unreadable>();

    [Fact]
    public void A_number_in_no_assigned_range_is_used_and_said()
    {
        var usable = NumberReader.Read(new SourcePhone("1", "1115550100", "")).ShouldBeOfType<NumberReading.Usable>();

        usable.Assigned.ShouldBeFalse();
    }

    [Fact]
    public void A_country_code_without_a_number_is_no_phone() =>
        NumberReader.Read(new SourcePhone("1", "  ", "")).ShouldBeOfType<NumberReading.Empty>();
}
