using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using MfaPlan.Core.Checklists;
using MfaPlan.Core.Diagnostics;
using MfaPlan.Core.Plans;

namespace MfaPlan.Core.Tests.Plans;

/// <summary>
/// The folders of <c>plans/invalid</c>: each holds a <c>plan.yaml</c>, a <c>recipe.txt</c> for what no editor would keep, or, where it is about
/// those, <c>answers.yaml</c>.
/// </summary>
internal static class InvalidPlans
{
    /// <summary>The path that the diagnostics show.</summary>
    public const string ShownPath = "plan.yaml";

    private static string Root { get; } = Path.Combine(Golden.RepositoryRoot, "plans", "invalid");

    /// <summary>Names of the folders whose code is raised by reading a plan, in order.</summary>
    public static IEnumerable<string> Folders => Directory.EnumerateDirectories(Root)
        .Select(static path => Path.GetFileName(path))
        .Where(static name => name.StartsWith("MFP1", StringComparison.Ordinal) || name.StartsWith("MFP2", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal);

    /// <summary>The code that a folder is named after.</summary>
    public static string CodeOf(string folder) => folder[..7];

    /// <summary>Reads a folder's plan, or its answers, as the program does.</summary>
    public static (bool Succeeded, ImmutableArray<Diagnostic> Diagnostics) Read(string folder)
    {
        var answers = Path.Combine(Root, folder, "answers.yaml");
        if (File.Exists(answers))
        {
            var read = AnswersReader.ReadBytes("answers.yaml", File.ReadAllBytes(answers));
            return (read.Succeeded, read.Diagnostics);
        }

        var recipe = Path.Combine(Root, folder, "recipe.txt");
        var plan = File.Exists(recipe)
            ? Follow(File.ReadAllLines(recipe))
            : PlanReader.ReadBytes(ShownPath, File.ReadAllBytes(Path.Combine(Root, folder, ShownPath)));
        return (plan.Succeeded, plan.Diagnostics);
    }

    /// <summary>Lines that make bytes are put one behind the other; the others stand alone, for what only a file system can do.</summary>
    private static Checked<Plan> Follow(string[] lines)
    {
        using var bytes = new MemoryStream();
        foreach (var line in lines.Where(static line => line.Length > 0 && line[0] != '#'))
        {
            var words = line.Split(' ');
            switch (words[0])
            {
                case "missing":
                    return new(null, [SyntaxDiagnostics.FileMissing(ShownPath)]);
                case "directory":
                    return new(null, [SyntaxDiagnostics.IsADirectory(ShownPath)]);
                case "unreadable":
                    return new(null, [SyntaxDiagnostics.FileUnreadable(ShownPath, "Access to the path 'plan.yaml' is denied.")]);
                case "size":
                    return new(null, [SyntaxDiagnostics.TooLarge(ShownPath, long.Parse(words[1], CultureInfo.InvariantCulture))]);
                case "bytes":
                    bytes.Write([.. words[1..].Select(static word => byte.Parse(word, NumberStyles.HexNumber, CultureInfo.InvariantCulture))]);
                    break;
                case "repeat":
                    var text = line[(line.IndexOf('"', StringComparison.Ordinal) + 1)..line.LastIndexOf('"')].Replace("\\n", "\n", StringComparison.Ordinal);
                    var times = int.Parse(words[^1], CultureInfo.InvariantCulture);
                    bytes.Write(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(text, times))));
                    break;
                default:
                    throw new InvalidDataException($"No recipe begins with {words[0]}.");
            }
        }

        return PlanReader.ReadBytes(ShownPath, bytes.ToArray());
    }
}
