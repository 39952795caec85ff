namespace MfaPlan.Cli.Tests.Scenarios;

/// <summary>One line of a scenario.</summary>
/// <param name="Number">The line, from 1.</param>
/// <param name="Word">What is done.</param>
/// <param name="Rest">With what.</param>
internal sealed record Step(int Number, string Word, string Rest)
{
    /// <summary>The steps of a scenario; empty lines and lines that begin with # are passed over.</summary>
    public static List<Step> Read(string text)
    {
        var steps = new List<Step>();
        var number = 0;
        foreach (var raw in text.ReplaceLineEndings("\n").Split('\n'))
        {
            number++;
            var line = raw.Trim();
            if (line.Length > 0 && line[0] != '#')
            {
                var blank = line.IndexOf(' ', StringComparison.Ordinal);
                steps.Add(blank < 0 ? new(number, line, "") : new(number, line[..blank], line[(blank + 1)..].Trim()));
            }
        }

        return steps;
    }

    /// <summary>The rest as words between blanks.</summary>
    public string[] Words => Rest.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The rest as what stands before and after a mark.</summary>
    public (string Before, string After) Split(string mark)
    {
        var at = Rest.IndexOf(mark, StringComparison.Ordinal);
        return at < 0
            ? throw new FormatException($"Line {Number}: {Word} needs \"{mark}\".")
            : (Rest[..at].Trim(), Rest[(at + mark.Length)..].Trim());
    }

    /// <summary>A text with <c>\n</c> for a new line, <c>\xHH</c> for a byte and <c>\\</c> for the backslash, as bytes.</summary>
    public static byte[] Bytes(string text)
    {
        using var bytes = new MemoryStream();
        for (var at = 0; at < text.Length; at++)
        {
            switch (text[at], at + 1 < text.Length ? text[at + 1] : ' ')
            {
                case ('\\', 'n'):
                    bytes.WriteByte((byte)'\n');
                    at++;
                    break;
                case ('\\', '\\'):
                    bytes.WriteByte((byte)'\\');
                    at++;
                    break;
                case ('\\', 'x'):
                    bytes.WriteByte(Convert.FromHexString(text.AsSpan(at + 2, 2))[0]);
                    at += 3;
                    break;
                default:
                    bytes.Write(System.Text.Encoding.UTF8.GetBytes(text[at].ToString()));
                    break;
            }
        }

        return bytes.ToArray();
    }
}
