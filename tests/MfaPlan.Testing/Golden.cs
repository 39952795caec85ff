using System.Reflection;

namespace MfaPlan.Testing;

/// <summary>Compares text with a file that is checked in.</summary>
public static class Golden
{
    private const string UpdateVariable = "MFAPLAN_UPDATE_GOLDEN";

    /// <summary>The folder that holds the solution.</summary>
    public static string RepositoryRoot { get; } = typeof(Golden).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(static metadata => metadata.Key == "RepositoryRoot").Value!;

    /// <summary>Passes when the file holds the text; rewrites the file instead when asked to.</summary>
    /// <param name="actual">The text a test produced.</param>
    /// <param name="path">The file, relative to the repository root.</param>
    public static void ShouldMatch(string actual, string path)
    {
        ArgumentNullException.ThrowIfNull(actual);

        var file = Path.Combine(RepositoryRoot, path);
        var text = actual.ReplaceLineEndings("\n");

        if (Environment.GetEnvironmentVariable(UpdateVariable) == "1")
        {
            (Environment.GetEnvironmentVariable("CI") == "true").ShouldBeFalse("Golden files are accepted by a person.");
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text);
            return;
        }

        File.Exists(file).ShouldBeTrue($"{path} is missing. Create it with {UpdateVariable}=1, then read it.");
        text.ShouldBe(File.ReadAllText(file), $"{path} differs. Accept with {UpdateVariable}=1, then read the diff.");
    }
}
