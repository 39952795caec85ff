using System.Text;
using CsCheck;
using MfaPlan.Core.Evidence;

namespace MfaPlan.Core.Tests.Evidence;

public sealed class PackLinesTests
{
    [Fact]
    public void What_was_joined_by_line_ends_comes_apart_again_however_the_stream_gives_it() =>
        Gen.Select(Gen.String[Gen.Char['a', 'z'], 0, 200_000].Array[0, 6], Gen.Int[1, 70_000]).Sample(
            static (lines, piece) =>
            {
                using var stream = new Trickle(Encoding.ASCII.GetBytes(string.Concat(lines.Select(static line => line + "\n"))), piece);
                return PackLines.Read(stream).Select(static line => Encoding.ASCII.GetString(line.Span)).SequenceEqual(lines, StringComparer.Ordinal);
            },
            iter: 60);

    [Fact]
    public void A_last_line_without_an_end_and_a_line_too_long_are_refused()
    {
        using var open = new MemoryStream("one\ntwo"u8.ToArray());
        using var endless = new MemoryStream(new byte[PackLines.LongestLine * 2]);

        Should.Throw<FormatException>(() => PackLines.Read(open).Count()).Message.ShouldContain("no end");
        Should.Throw<FormatException>(() => PackLines.Read(endless).Count()).Message.ShouldContain("longer");
    }

    [Fact]
    public void Of_a_file_that_is_too_long_one_byte_more_is_read_and_not_all()
    {
        using var stream = new MemoryStream(new byte[1000]);

        PackBytes.Read(stream, 10).Length.ShouldBe(11);
    }

    [Theory]
    [InlineData("""{"unit":"u","name":"NAME"}""", true)]
    [InlineData("""{"unit":"u","name":"another"}""", true)]
    [InlineData("""{"unit":"v","name":"NAME"}""", false)]
    [InlineData("""{"unit":"u"}""", false)]
    [InlineData("""{"unit":"u","name":"NAME","more":1}""", false)]
    [InlineData("""{"unit":"u","name":1}""", false)]
    [InlineData("""{"name":"NAME","unit":"u"}""", false)]
    [InlineData("nothing", false)]
    public void A_line_in_clear_may_differ_in_personal_values_only(string revealed, bool fits)
    {
        ArgumentNullException.ThrowIfNull(revealed);
        var code = new string('c', 64);

        var first = RevealedLines.FirstOther([Bytes($$"""{"unit":"u","name":"{{code}}"}""")], [Bytes(revealed)]);

        first.ShouldBe(fits ? null : 1L);
    }

    [Fact]
    public void A_line_more_or_less_is_another_text()
    {
        var line = Bytes("""{"leftover":1}""");

        RevealedLines.FirstOther([line, line], [line]).ShouldBe(2);
        RevealedLines.FirstOther([line], [line, line]).ShouldBe(2);
        RevealedLines.FirstOther([line, line], [line, line]).ShouldBeNull();
    }

    private static ReadOnlyMemory<byte> Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private sealed class Trickle(byte[] bytes, int piece) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(piece, buffer.Length)]);
    }
}
