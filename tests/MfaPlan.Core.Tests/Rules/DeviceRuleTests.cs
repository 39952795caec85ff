using System.Collections.Immutable;
using CsCheck;
using MfaPlan.Core.Privacy;
using MfaPlan.Core.Rules;
using MfaPlan.Core.Sources;

namespace MfaPlan.Core.Tests.Rules;

public sealed class DeviceRuleTests
{
    [Fact]
    public void The_newest_come_first_and_one_without_dates_last() =>
        Show(DeviceRule.Decide([Device("old", 1), Device("none"), Device("new", 9), Device("made", created: 5)], hardwareToken: false).Counted)
            .ShouldBe(["new", "made", "old", "none"]);

    [Fact]
    public void Of_devices_with_one_name_only_the_newest_counts() =>
        Show(DeviceRule.Decide([Device("iPhone", 1), Device("IPHONE ", 3), Device("Pixel", 2)], hardwareToken: false).Counted)
            .ShouldBe(["IPHONE ", "Pixel"]);

    [Theory]
    [InlineData(false, 5)]
    [InlineData(true, 4)]
    public void Over_the_limit_the_oldest_are_left_out(bool hardwareToken, int limit)
    {
        var (counted, overLimit) = DeviceRule.Decide([.. Enumerable.Range(1, 7).Select(static day => Device($"d{day}", day))], hardwareToken);

        Show(counted).ShouldBe(Enumerable.Range(0, limit).Select(static i => $"d{7 - i}"));
        Show(overLimit).ShouldBe(Enumerable.Range(limit, 7 - limit).Select(static i => $"d{7 - i}"));
    }

    [Fact]
    public void A_device_without_a_name_is_nobodys_namesake() =>
        DeviceRule.Decide([Device(null, 1), Device(null, 1)], hardwareToken: false).Counted.Length.ShouldBe(2);

    [Fact]
    public void No_device_is_lost_but_an_older_namesake() =>
        Gen.Select(Gen.Char["abcAB"], Gen.Int[-1, 9]).Array[0, 12].Sample(static devices =>
        {
            var (counted, overLimit) = DeviceRule.Decide(
                [.. devices.Select(static pair => Device(pair.Item1.ToString(), pair.Item2 < 0 ? null : pair.Item2))], hardwareToken: false);
            var all = counted.AddRange(overLimit);

            all.Select(static device => device.Name!.Value.Reveal()).ShouldBeUnique(StringComparer.OrdinalIgnoreCase);
            all.Select(static device => device.Newest ?? DateTimeOffset.MinValue).ShouldBeInOrder(SortDirection.Descending);
            all.Length.ShouldBe(devices.Select(static pair => char.ToUpperInvariant(pair.Item1)).Distinct().Count());
        });

    [Fact]
    public void What_is_said_names_counts_in_clear_and_devices_only_when_asked()
    {
        var said = DeviceRule.Say([.. Enumerable.Range(1, 6).Select(static day => Device($"bob@phone {day}", day))], hardwareToken: true);

        said.Select(static finding => FindingCatalog.Of(finding).Message(finding, reveal: false)).ShouldBe(
        [
            "The source lists devices with the app for this user (4: •••), newest first. On each that is still in use the app must be registered again.",
            "Entra takes 4 devices of this user (five with the hardware token), and the source lists 2 more: •••. They are left out; the newest come first.",
        ]);
        FindingCatalog.Of(said[1]).Message(said[1], reveal: true).ShouldContain("bob@phone 2, bob@phone 1");
        DeviceRule.Say([], hardwareToken: false).ShouldBeEmpty();
    }

    private static SourceDevice Device(string? name, int? lastUsed = null, int? created = null) =>
        new(name is null ? null : new PersonalName(name), Day(lastUsed), Day(created));

    private static DateTimeOffset? Day(int? day) => day is { } some ? DateTimeOffset.UnixEpoch.AddDays(some) : null;

    private static IEnumerable<string> Show(ImmutableArray<SourceDevice> devices) => devices.Select(static device => device.Name!.Value.Reveal());
}
