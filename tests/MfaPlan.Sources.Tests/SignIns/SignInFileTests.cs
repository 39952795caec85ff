using System.Text;
using MfaPlan.Core.Gates;
using MfaPlan.Core.Tenants;
using MfaPlan.Sources.SignIns;

namespace MfaPlan.Sources.Tests.SignIns;

/// <summary>Exports of the sign-in log: what they cover, what is refused, and that none is held.</summary>
public sealed class SignInFileTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 10, 0, 0, TimeSpan.Zero);
    private static readonly GateWindow Whole = new(DateTimeOffset.MinValue, DateTimeOffset.MaxValue);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Shapes { get; } = new()
    {
        { "of the portal", $"[{Row(0)},{Row(60)}]" },
        { "of the portal, with a mark", $"\uFEFF[{Row(0)},{Row(60)}]" },
        { "of Graph", $$"""{"@odata.context":{"a":[1,{"value":[]}]},"value":[{{Row(0)}},{{Row(60)}}],"@odata.nextLink":"x"}""" },
        { "pages one after the other", $$"""{"value":[{{Row(0)}}]}{{"\n"}}{"value":[{{Row(60)}}]}""" },
        { "with an empty page", $$""" {"value":[]} [{{Row(0)}}] {"value":[ {{Row(60)}} ] }   """ },
    };

    public static TheoryData<string, string, string> Refused { get; } = new()
    {
        { "nothing", "", "MFP5103" },
        { "white space", " \n ", "MFP5103" },
        { "no rows", """{"value":[]}""", "MFP5103" },
        { "an error of Graph", """{"error":{"code":"x"}}""", "MFP5103" },
        { "cut off", $"[{Row(0)},{Row(60)}", "MFP5116" },
        { "cut off in a row", $"[{Row(0)},{Row(60)[..^5]}", "MFP5116" },
        { "a number", "12", "MFP5116" },
        { "rows of numbers", "[1,2]", "MFP5116" },
        { "a value that is no array", """{"value":{"a":1}}""", "MFP5116" },
        { "no time", """[{"status":{"errorCode":0}}]""", "MFP5116" },
        { "no outcome", """[{"createdDateTime":"2026-03-01T10:00:00Z","status":{}}]""", "MFP5116" },
        { "a member twice", """[{"createdDateTime":"2026-03-01T10:00:00Z","status":{"errorCode":50074},"status":{"errorCode":0}}]""", "MFP5116" },
        { "half a sign", "[{\"userId\":\"\\ud83d\",\"createdDateTime\":\"2026-03-01T10:00:00Z\",\"status\":{\"errorCode\":0}}]", "MFP5116" },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task Both_exports_and_saved_answers_are_read(string what, string text)
    {
        using var file = new TemporaryFile(text);

        var read = await SignInFile.OpenAsync(file.Input, Stop);

        read.Diagnostics.ShouldBeEmpty(what);
        var coverage = (await read.Value!.CoverAsync(Start, Stop)).ShouldBeOfType<Observed<SignInCoverage>.Seen>().Value;
        (coverage.From, coverage.Until).ShouldBe((Start, Start.AddMinutes(60)));
        coverage.Source.ShouldStartWith("file:");
        (await FactsAsync(read.Value)).Select(static fact => fact.At).ShouldBe([Start, Start.AddMinutes(60)]);
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task What_is_not_whole_is_refused_as_a_whole(string what, string text, string code)
    {
        using var file = new TemporaryFile(text);

        var read = await SignInFile.OpenAsync(file.Input, Stop);

        read.Value.ShouldBeNull(what);
        read.Diagnostics.Select(static diagnostic => diagnostic.Descriptor.Code).ShouldBe([code], what);
    }

    [Fact]
    public async Task A_failure_does_not_make_it_cover_more()
    {
        using var file = new TemporaryFile($"[{Row(-60, 500121)},{Row(0)},{Row(30, 50076)},{Row(60, 500121)}]");

        var coverage = (await (await SignInFile.OpenAsync(file.Input, Stop)).Value!.CoverAsync(Start, Stop)).ShouldBeOfType<Observed<SignInCoverage>.Seen>().Value;

        (coverage.From, coverage.Until).ShouldBe((Start, Start.AddMinutes(30)));
    }

    [Fact]
    public async Task A_file_of_failures_alone_covers_nothing_that_is_known()
    {
        using var file = new TemporaryFile($"[{Row(0, 500121)}]");

        (await (await SignInFile.OpenAsync(file.Input, Stop)).Value!.CoverAsync(Start, Stop)).ShouldBeOfType<Observed<SignInCoverage>.Unknown>();
    }

    [Fact]
    public async Task Sign_ins_at_which_nobody_sat_are_passed_over()
    {
        using var file = new TemporaryFile($"[{Row(0)},{Row(10).Replace("\"status\"", "\"signInEventTypes\":[\"nonInteractiveUser\"],\"status\"", StringComparison.Ordinal)}]");

        (await FactsAsync((await SignInFile.OpenAsync(file.Input, Stop)).Value!)).ShouldHaveSingleItem().At.ShouldBe(Start);
    }

    [Fact]
    public async Task A_file_that_changes_under_way_is_unknown()
    {
        using var file = new TemporaryFile($"[{Row(0)}]");
        var read = (await SignInFile.OpenAsync(file.Input, Stop)).Value!;
        await File.WriteAllTextAsync(file.Path, $"[{Row(1)}]", Stop);

        (await read.ReadAsync(Whole, [], static _ => { }, Stop)).ShouldBeOfType<Observed<long>.Unknown>().Code.ShouldBe("FileChanged");
    }

    [Fact]
    public async Task A_large_file_streams_and_a_row_without_end_is_refused()
    {
        var rows = new StringBuilder("[").AppendJoin(",\n", Enumerable.Range(0, 40_000).Select(static minute => Row(minute % 600, padding: minute % 97 * 9))).Append(']');
        using var large = new TemporaryFile(rows.ToString());
        using var endless = new TemporaryFile($"[{Row(0, padding: 5 << 20)}]");
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var most = 0L;

        var read = (await SignInFile.OpenAsync(large.Input, Stop)).Value!;
        var count = 0;
        await read.ReadAsync(
            Whole, [],
            _ =>
            {
                if (++count % 10_000 == 0)
                {
                    most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
                }
            },
            Stop);

        count.ShouldBe(40_000);
        most.ShouldBeLessThan(3 << 20, "the file has some twenty million bytes");
        (await SignInFile.OpenAsync(endless.Input, Stop)).Value.ShouldBeNull();
    }

    private static string Row(int minutes, int code = 0, int padding = 0) => $$"""
        {"id":"1","userPrincipalName":"{{new string('a', padding)}}","userId":"00000001-0000-0000-0000-000000000000","createdDateTime":"{{Start.AddMinutes(minutes):yyyy-MM-dd'T'HH:mm:ss'Z'}}","status":{"errorCode":{{code}},"failureReason":null},"authenticationDetails":[{"authenticationMethod":"SMS","succeeded":true}]}
        """;

    private static async Task<List<SignInFact>> FactsAsync(SignInFile file)
    {
        var facts = new List<SignInFact>();
        (await file.ReadAsync(Whole, [], facts.Add, Stop)).ShouldBeOfType<Observed<long>.Seen>().Value.ShouldBe(facts.Count);
        return facts;
    }
}
