using System.Text;
using CsCheck;
using MfaPlan.Core.Diagnostics;
using MfaPlan.Core.Plans;
using MfaPlan.Core.Text;

namespace MfaPlan.Core.Tests.Plans;

public sealed class PlanReaderTests
{
    private const string Contoso = "plans/samples/contoso/plan.yaml";
    private const string Quickstart = "plans/samples/quickstart/plan.yaml";

    public static TheoryData<string> Samples => [Contoso, Quickstart];

    [Theory]
    [InlineData("a: !<> 1")]
    [InlineData("a: !!x[b] 1")]
    [InlineData("a: ! 1")]
    [InlineData("%TAG ! tag:x,2000:\n---\na: !b 1")]
    public void A_tag_of_any_form_is_refused_and_never_thrown(string text) =>
        PlanReader.Read(new SourceText("plan.yaml", text)).Succeeded.ShouldBeFalse();

    [Fact]
    public void Random_bytes_never_throw() => Gen.Byte.Array[0, 200].Sample(static bytes => { PlanReader.ReadBytes("plan.yaml", bytes); }, iter: 5_000);

    [Fact]
    public void Random_text_never_throws() => Gen.Char.Array[0, 200].Sample(static chars => { ReadAndPrint(new string(chars)); }, iter: 5_000);

    [Fact]
    public void Random_signs_of_yaml_never_throw() =>
        Gen.OneOf(" ", "  ", "\n", "\t", "- ", ": ", "? ", "[", "]", "{", "}", ",", "\"", "'", "|", ">", "#", "&a", "*a", "!t", "!!4$", "!<", "!%", "%Y", "%YAML ", "%TAG ", "9.9", "---", "...", "a", "1", "\\", "\\u", "<<", "~", "@", "`", "\r")
            .Array[0, 60].Sample(static signs => { ReadAndPrint(string.Concat(signs)); }, iter: 20_000);

    [Fact]
    public void Mutations_of_a_plan_never_throw()
    {
        var text = ReadSample(Contoso);

        Mutation.Array[1, 4].Sample(mutations => { ReadAndPrint(mutations.Aggregate(text, static (text, mutate) => mutate(text))); }, iter: 3_000);
    }

    [Fact]
    public void Every_value_of_a_plan_can_be_any_other_without_a_throw()
    {
        var lines = ReadSample(Contoso);
        string[] values = ["", "~", "[]", "{}", "true", "-1", "1.5", "1e400", "99999999999999999999", "0x1F", "\"\"", "\" \"", "\"5d\\n\"", "\" 7f3c0000-0000-0000-0000-000000000001\"", "\"2024-01-01 \"", "\" 5\"", "{7f3c0000-0000-0000-0000-000000000001}", "\"\\0\"", "150%", "0d", "[[]]", "{ a: b }", "2024-02-30"];

        foreach (var start in Enumerable.Range(0, lines.Length - 1).Where(at => lines[at] == ':' && lines[at + 1] == ' '))
        {
            var end = lines.AsSpan(start + 2).IndexOfAny(",}]\n") + start + 2;
            foreach (var value in values)
            {
                ReadAndPrint(lines[..(start + 2)] + value + lines[end..]);
            }
        }
    }

    [Fact]
    public void A_plan_that_is_printed_reads_as_the_same_plan() => PlanGen.Plan.Sample(
        static plan =>
        {
            var written = PlanWriter.Write(plan);

            var read = PlanReader.Read(new SourceText("plan.yaml", written));

            read.Succeeded.ShouldBeTrue(DiagnosticPrinter.Print(read.Diagnostics, "text") + written);
            PlanWriter.Write(read.Value).ShouldBe(written);
        },
        iter: 300);

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_sample_is_valid_and_reads_as_it_prints(string path)
    {
        var read = PlanReader.ReadBytes("plan.yaml", File.ReadAllBytes(Path.Combine(Golden.RepositoryRoot, path)));

        read.Succeeded.ShouldBeTrue(DiagnosticPrinter.Print(read.Diagnostics, "text"));
        var written = PlanWriter.Write(read.Value);
        PlanWriter.Write(PlanReader.Read(new SourceText("plan.yaml", written)).Value!).ShouldBe(written);
    }

    [Fact]
    public void The_starter_plan_is_read_without_a_word() =>
        PlanReader.Read(new SourceText("plan.yaml", ReadSample(Quickstart))).Diagnostics.ShouldBeEmpty();

    [Fact]
    public void The_whole_format_is_read_with_a_warning_for_each_part_that_is_not_carried_out()
    {
        var read = PlanReader.Read(new SourceText("plan.yaml", ReadSample(Contoso)));

        read.Diagnostics.ShouldAllBe(static diagnostic => diagnostic.Descriptor == PlanDiagnostics.NotCarriedOut);
        Golden.ShouldMatch(
            DiagnosticPrinter.Print(read.Diagnostics, "text"), "tests/MfaPlan.Core.Tests/Plans/contoso.diagnostics.txt");
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Line_endings_and_a_byte_order_mark_change_nothing(string path)
    {
        var text = ReadSample(path);
        var plain = Encoding.UTF8.GetBytes(text);
        byte[][] variants = [[0xef, 0xbb, 0xbf, .. plain], Encoding.UTF8.GetBytes(text.Replace("\n", "\r\n", StringComparison.Ordinal)), [0xef, 0xbb, 0xbf, .. Encoding.UTF8.GetBytes(text.Replace("\n", "\r\n", StringComparison.Ordinal))]];
        var expected = PlanReader.ReadBytes("plan.yaml", plain);

        foreach (var variant in variants)
        {
            var read = PlanReader.ReadBytes("plan.yaml", variant);

            PlanWriter.Write(read.Value!).ShouldBe(PlanWriter.Write(expected.Value!));
            DiagnosticPrinter.Print(read.Diagnostics, "text").ShouldBe(DiagnosticPrinter.Print(expected.Diagnostics, "text"));
            PlanDigest.Of(variant).ShouldBe(PlanDigest.Of(plain));
        }
    }

    [Fact]
    public void Another_letter_gives_another_digest() =>
        string.Equals(PlanDigest.Of("a: b\n"u8), PlanDigest.Of("a: c\n"u8), StringComparison.Ordinal).ShouldBeFalse();

    [Fact]
    public void A_megabyte_of_mistakes_is_told_mistake_by_mistake()
    {
        const int mistakes = 60_000;

        var read = ReadAndPrint("metadata:\n" + string.Concat(Enumerable.Range(0, mistakes).Select(static i => $"  key{i}: x\n")));

        read.Diagnostics.Count(static diagnostic => diagnostic.Message.Contains("key", StringComparison.Ordinal)).ShouldBe(mistakes);
    }

    private static Gen<Func<string, string>> Mutation { get; } = Gen.Select(
        Gen.Int[0, 5], Gen.Double.Unit, Gen.Double.Unit, Gen.Int[0, 30],
        Gen.OneOf<char>(Gen.Char["{}[]:,-\"'#&*!|>%@`~?\t\n\r \\0a1"], Gen.Char)).Select<(int, double, double, int, char), Func<string, string>>(
        static pick => text => Mutate(text, pick.Item1, pick.Item2, pick.Item3, pick.Item4, pick.Item5));

    private static string Mutate(string text, int kind, double first, double second, int length, char sign)
    {
        var from = (int)(first * text.Length);
        var to = Math.Min(text.Length, from + length);
        var other = (int)(second * (text.Length - (to - from)));
        return kind switch
        {
            0 => text[..from] + text[to..],
            1 => text[..from] + sign + text[from..],
            2 => text[..to] + text[from..],
            3 => text.Remove(from, to - from).Insert(other, text[from..to]),
            4 when from < text.Length => text[..from] + sign + text[(from + 1)..],
            _ => text[..from] + text[from..to].ToUpperInvariant() + text[to..],
        };
    }

    private static Checked<Plan> ReadAndPrint(string text)
    {
        var read = PlanReader.Read(new SourceText("plan.yaml", text));
        foreach (var format in new[] { "text", "json", "sarif", "github" })
        {
            DiagnosticPrinter.Print(read.Diagnostics, format);
        }

        return read;
    }

    private static string ReadSample(string path) => File.ReadAllText(Path.Combine(Golden.RepositoryRoot, path));
}
