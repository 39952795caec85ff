using MfaPlan.Core.Rules;
using MfaPlan.Core.Sources;
using MfaPlan.Core.Tests.Planning;

namespace MfaPlan.Core.Tests.Rules;

public sealed class SharedNumbersTests
{
    [Theory]
    [InlineData("1", "2065550101", "", 3)] // however it is written
    [InlineData("01", "206 555 0101", "", 3)]
    [InlineData("1", "2065550101", "7", 1)] // an extension of its own
    [InlineData("44", "2065550101", "", 1)]
    [InlineData("1", "2065550103", "", 1)]
    [InlineData("1", "", "", 0)]
    public void Records_with_a_number_are_counted(string country, string number, string extension, int count)
    {
        SourceUser[] users =
        [
            With(new("1", "2065550101", "")), With(new("+1", "206-555-0101", "")), With(new("1", "2065550109", ""), new("1", "(206) 5550101", "")),
            With(new("1", "2065550101", "7")), With(new("1", "2065550102", ""), new("1", "2065550102", "")),
        ];

        SharedNumbers.Of(users).CountOf(new SourcePhone(country, number, extension)).ShouldBe(count);
    }

    [Fact]
    public void A_record_does_not_share_a_number_with_itself() =>
        SharedNumbers.Of([With(new("1", "2065550102", ""), new("1", "2065550102", ""))]).CountOf(new("1", "2065550102", "")).ShouldBe(1);

    private static SourceUser With(SourcePhone primary, SourcePhone? backup = null) =>
        Cases.Source(SourceMode.TextMessage) with { Primary = primary, Backup = backup ?? SourcePhone.None };
}
