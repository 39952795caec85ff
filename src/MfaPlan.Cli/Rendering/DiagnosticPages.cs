namespace MfaPlan.Cli.Rendering;

/// <summary>The sections of docs/diagnostics.md, which the program carries.</summary>
internal static class DiagnosticPages
{
    /// <summary>The section of a code; null when there is none.</summary>
    public static string? Find(string code)
    {
        using var stream = typeof(DiagnosticPages).Assembly.GetManifestResourceStream("diagnostics.md")
            ?? throw new InvalidOperationException("docs/diagnostics.md is missing from the program.");
        using var reader = new StreamReader(stream);
        var section = new List<string>();
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith("## ", StringComparison.Ordinal))
            {
                if (section.Count > 0)
                {
                    break;
                }

                if (line.StartsWith($"## {code} ", StringComparison.Ordinal) || line == $"## {code}")
                {
                    section.Add(line[3..]);
                }
            }
            else if (section.Count > 0)
            {
                section.Add(line);
            }
        }

        return section.Count == 0 ? null : string.Join('\n', section).TrimEnd();
    }
}
