using System.Collections.Immutable;
using System.Security.Cryptography;
using MfaPlan.State.Keys;

namespace MfaPlan.Cli.Tests;

/// <summary>The real program in memory: arguments in, texts and exit code out, in a folder of its own.</summary>
internal sealed class Cli : IDisposable
{
    private readonly string _root;

    private Cli(string folder) => Folder = _root = folder;

    /// <summary>The folder the commands run in.</summary>
    public string Folder { get; set; }

    /// <summary>The environment the commands see.</summary>
    public Dictionary<string, string> Environment { get; } = new(StringComparer.Ordinal);

    /// <summary>The vault that the commands ask; null for the real one.</summary>
    public IKeyVault? Vault { get; set; }

    /// <summary>The clock that the commands and their sandbox go by.</summary>
    public TimeProvider Time { get; set; } = TimeProvider.System;

    /// <summary>What a person would type.</summary>
    public string Typed { get; set; } = "";

    /// <summary>An empty folder.</summary>
    public static Cli Empty() => new(Directory.CreateTempSubdirectory("mfaplan-cli-").FullName);

    /// <summary>A folder with a copy of a folder of the repository.</summary>
    /// <param name="path">Relative to the repository, for example <c>plans/samples/quickstart</c>.</param>
    public static Cli In(string path)
    {
        var folder = Directory.CreateTempSubdirectory("mfaplan-cli-").FullName;
        var from = Path.Combine(Golden.RepositoryRoot, path);
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var relative = Path.GetRelativePath(from, file);
            if (relative.StartsWith(".mfaplan", StringComparison.Ordinal))
            {
                continue;
            }

            var to = Path.Combine(folder, relative);
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to);
        }

        return new Cli(folder);
    }

    /// <summary>An empty folder.</summary>
    public static Cli Nowhere() => new(Directory.CreateTempSubdirectory("mfaplan-cli-").FullName);

    /// <summary>Runs a command line and gives both streams as a terminal shows them: as they were written.</summary>
    public async Task<(string Said, int Exit)> TogetherAsync(params string[] arguments)
    {
        using var both = new StringWriter { NewLine = "\n" };
        var writer = TextWriter.Synchronized(both);
        var exit = await CommandLine.RunAsync(arguments, Host() with { Out = writer, Error = writer }, TestContext.Current.CancellationToken);
        return (both.ToString(), exit);
    }

    /// <summary>Runs a command line.</summary>
    public async Task<Ran> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        using var input = new StringReader(Typed);
        var host = Host() with { Out = TextWriter.Synchronized(output), Error = TextWriter.Synchronized(error), In = input };
        var exit = await CommandLine.RunAsync(arguments, host, TestContext.Current.CancellationToken);
        return new Ran(exit, output.ToString(), error.ToString());
    }

    /// <summary>The world of the commands, where nobody reads or writes.</summary>
    public CliHost Host() => new()
    {
        Out = TextWriter.Null,
        Error = TextWriter.Null,
        In = TextReader.Null,
        Environment = Environment.ToImmutableDictionary(StringComparer.Ordinal),
        WorkingDirectory = Folder,
        Random = RandomNumberGenerator.GetBytes,
        Vault = Vault,
        Time = Time,
    };

    /// <summary>Runs a command line over the sandbox of the folder's tenant.json.</summary>
    public Task<Ran> SandboxAsync(params string[] arguments) => RunAsync([.. arguments, "--sandbox", "tenant.json"]);

    /// <summary>A file of the folder.</summary>
    public string PathOf(string name) => Path.Combine(Folder, name);

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_root, recursive: true);
}

/// <summary>What a command came to.</summary>
internal sealed record Ran(int Exit, string Out, string Error);
