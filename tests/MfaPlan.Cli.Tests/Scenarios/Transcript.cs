using System.Text;
using System.Text.RegularExpressions;

namespace MfaPlan.Cli.Tests.Scenarios;

/// <summary>
/// What the runs of a scenario said, made stable: for each run its command line, its exit code, the error stream without
/// warnings about the plan ("! ") and of the output the lines that matter ("  "): the verdict, what became of the run, and every line that names the scenario's
/// code, below the user it stands under. A step <c>show TEXT</c> adds the lines that hold a text.
/// </summary>
/// <param name="code">The scenario's code.</param>
/// <param name="folder">The folder that the commands ran in.</param>
internal sealed partial class Transcript(string code, string folder)
{
    private const int Told = 3;

    private readonly StringBuilder _text = new();

    /// <summary>Texts that make a line of the output matter, beside the code.</summary>
    public HashSet<string> Shown { get; } = new(StringComparer.Ordinal);

    public void Add(string arguments, Ran ran)
    {
        if (_text.Length > 0)
        {
            _text.Append('\n');
        }

        _text.Append("$ mfaplan ").Append(arguments).Append('\n');
        foreach (var alike in Alike(WithoutPlanWarnings(ran.Error)))
        {
            alike[..Math.Min(alike.Count, Told)].ForEach(line => _text.Append("! ").Append(Stable(line)).Append('\n'));
            if (alike.Count > Told)
            {
                _text.Append(System.Globalization.CultureInfo.InvariantCulture, $"! … and {alike.Count - Told} more like these\n");
            }
        }

        foreach (var line in Matter(ran.Out))
        {
            _text.Append("  ").Append(Stable(line)).Append('\n');
        }

        _text.Append(System.Globalization.CultureInfo.InvariantCulture, $"exit {ran.Exit}\n");
    }

    public override string ToString() => _text.ToString();

    private static IEnumerable<string> Lines(string text) => text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n').Where(static line => line.Length > 0);

    /// <summary>The small plans here earn warnings, such as that they name no break-glass accounts; those have folders of their own.</summary>
    private static IEnumerable<string> WithoutPlanWarnings(string error)
    {
        var left = false;
        foreach (var line in Lines(error))
        {
            left = line.Contains(": warning MFP2", StringComparison.Ordinal) || (left && line.StartsWith("    ", StringComparison.Ordinal));
            if (!left)
            {
                yield return line;
            }
        }
    }

    /// <summary>Lines one after the other that differ in their numbers only.</summary>
    private static IEnumerable<List<string>> Alike(IEnumerable<string> lines)
    {
        var alike = new List<string>();
        foreach (var line in lines)
        {
            if (alike.Count > 0 && Number().Replace(alike[0], "") != Number().Replace(line, ""))
            {
                yield return alike;
                alike = [];
            }

            alike.Add(line);
        }

        if (alike.Count > 0)
        {
            yield return alike;
        }
    }

    private IEnumerable<string> Matter(string output)
    {
        string? user = null;
        foreach (var line in Lines(output))
        {
            if (UserLine().IsMatch(line))
            {
                user = line;
            }
            else if (line.StartsWith("verdict ", StringComparison.Ordinal) || line.StartsWith("Run ", StringComparison.Ordinal)
                || line.StartsWith("Nothing", StringComparison.Ordinal) || line.StartsWith("No run", StringComparison.Ordinal)
                || line.Contains(code, StringComparison.Ordinal) || Shown.Any(text => line.Contains(text, StringComparison.Ordinal)))
            {
                if (user is not null && line.StartsWith("    ", StringComparison.Ordinal))
                {
                    yield return user;
                    user = null;
                }

                yield return line;
            }
        }
    }

    private string Stable(string line)
    {
        line = Fingerprint().Replace(Short().Replace(line, "${before}<digest>"), "SHA256:<key>");
        line = line.Replace(folder, "<folder>", StringComparison.Ordinal).Replace(Environment.MachineName, "<host>", StringComparison.Ordinal);
        line = Digest().Replace(line, "<digest>");
        line = Time().Replace(line, "<time>");
        line = Process().Replace(line, "process <pid>");
        line = Port().Replace(line, "127.0.0.1:<port>");
        line = Key().Replace(line, "<key>");
        line = Request().Replace(line, "(request <id>)");
        line = Machine().Replace(line, "<machine>");
        line = Approval().Replace(line, "${what} <name> ");
        line = ApprovalFile().Replace(line, "/<name>${extension}");
        line = JournalByte().Replace(line, ".jsonl, line ${line}, at byte <byte>");
        return Run().Replace(line, static match => match.Value[..1] + "un <run>");
    }

    [GeneratedRegex("^  [^ ].* [0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12} \\(", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex UserLine();

    [GeneratedRegex("[0-9a-f]{64}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Digest();

    [GeneratedRegex("[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?(Z|\\+00:00)?", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Time();

    [GeneratedRegex("[0-9]+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Number();

    [GeneratedRegex("(?<=key is |made with |data key )[0-9a-f]{8}\\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Key();

    [GeneratedRegex("(?<=destroyed at .* by \\S+ on )[^\\s:]+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Machine();

    /// <summary>Times in a journal have as many digits as they need, so a line's place varies.</summary>
    [GeneratedRegex("\\.jsonl, line (?<line>[0-9]+), at byte [0-9]+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex JournalByte();

    [GeneratedRegex("(?<before>approve )[0-9a-f]{12}\\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Short();

    [GeneratedRegex("SHA256:[A-Za-z0-9+/]{43}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Fingerprint();

    [GeneratedRegex("(?<what>Approval|approval|Attestation) [0-9a-f]{16} ", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Approval();

    [GeneratedRegex("(?<=(approvals|attestations)/<digest>)/[0-9a-f]{16}(?<extension>\\.(json|attestation))", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ApprovalFile();

    [GeneratedRegex("process [0-9]+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Process();

    [GeneratedRegex("127\\.0\\.0\\.1:[0-9]+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Port();

    [GeneratedRegex("\\(request [0-9a-f-]{36}\\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Request();

    [GeneratedRegex("[Rr]un [0-9a-f]{8}\\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Run();
}
