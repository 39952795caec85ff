using System.Globalization;
using System.Text;
using CsCheck;

namespace MfaPlan.Sources.Tests;

/// <summary>What holds for every CSV file, whatever its line ends, quotation marks and place in the buffers.</summary>
public sealed class CsvLawsTests
{
    [Fact]
    public async Task What_was_written_is_read_and_rows_keep_their_lines()
    {
        var cell = Gen.Char["ab ,;\t\"'=é€"].Array[0, 12].Select(static chars => new string(chars));
        var file = Gen.Select(Gen.Select(cell, Gen.Int[0, 400], Gen.Bool).Array[1, 400], Gen.Int[0, 2], Gen.Bool);

        await file.SampleAsync(
            async (rows, end, closed) =>
            {
                var ends = ((string[])["\n", "\r\n", "\r"])[end];
                var text = new StringBuilder("Username,Mode,Tags\n");
                var expected = new List<(long, string)>();
                for (var i = 0; i < rows.Length; i++)
                {
                    var (tag, padding, quoted) = rows[i];
                    var value = tag + new string('x', padding);
                    expected.Add((i + 2, $"user{i}"));
                    text.Append(CultureInfo.InvariantCulture, $"user{i},").Append(quoted ? "\"Phone Call\"," : "Phone Call,").Append('"').Append(value.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
                    text.Append(i < rows.Length - 1 || closed ? "\n" : "");
                }

                using var input = new TemporaryFile(text.ToString().Replace("\n", ends, StringComparison.Ordinal));
                var table = await new MfaServerCsv(input.Input).ReadAsync(CancellationToken.None);

                table.Diagnostics.ShouldBeEmpty();
                table.Value!.Users.Select(static user => (user.Row, user.Username.Reveal())).ShouldBe(expected);
            },
            iter: 60);
    }

    [Fact]
    public async Task No_row_is_lost()
    {
        // A line is a row, so every line that is not blank is a user or damaged.
        var line = Gen.OneOf(
            Gen.Int[0, 1000].Select(static i => $"user{i},Phone Call,x"),
            Gen.Char["a,;\t\0=é \"\""].Array[0, 20].Select(static chars => new string(chars)),
            Gen.Int[0, 300_000].Select(static length => new string('y', length / 1000 * 1000)));

        await line.Array[0, 100].SampleAsync(
            async lines =>
            {
                using var input = new TemporaryFile($"Username,Mode,Tags\n{string.Join('\n', lines)}");
                var table = await new MfaServerCsv(input.Input).ReadAsync(CancellationToken.None);

                (table.Value!.Users.Length + table.Value.DamagedRows).ShouldBe(lines.Count(static line => !string.IsNullOrWhiteSpace(line)));
            },
            iter: 60);
    }
}
