using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace MfaPlan.Cli.Tests;

/// <summary>
/// A page of the documentation whose blocks that begin with <c>```console</c> are run, in order, as a reader would type them: <c>mfaplan</c> in memory, all
/// else by a shell, <c>cd</c> and <c>export</c> for what follows. DIGEST in a command stands for the digest that was printed last.
/// Blocks of <c>console NAME</c> have a folder of their own. MFAPLAN_UPDATE_GOLDEN=1 writes the answers into the page.
/// </summary>
/// <param name="path">The page, from the root of the repository.</param>
/// <param name="stable">Puts into words what differs from run to run, beside digests, times, holders and runs.</param>
internal sealed partial class ConsolePage(string path, Func<string, string> stable)
{
    /// <summary>Whether the page shows what goes to the error stream, too.</summary>
    public bool ShowsErrors { get; init; } = true;

    /// <summary>How long each command took, in order.</summary>
    public List<(string Command, TimeSpan Took)> Commands { get; } = [];

    /// <summary>Runs the page and compares it with what the commands say.</summary>
    /// <param name="cli">Where its blocks run.</param>
    /// <param name="named">Where blocks with a name run.</param>
    public async Task ShouldBeTrueAsync(Cli cli, params (string Name, Cli Cli)[] named)
    {
        var page = await File.ReadAllTextAsync(Path.Combine(Golden.RepositoryRoot, path));
        var shown = new StringBuilder();
        var (at, digest) = (0, "");
        foreach (Match block in Blocks().Matches(page))
        {
            var name = block.Groups["name"].Value;
            var world = name.Length > 0 ? named.Single(one => one.Name == name.Trim()).Cli : cli;
            shown.Append(page, at, block.Index - at).Append("```console").Append(name).Append('\n');
            at = block.Index + block.Length;
            foreach (var line in block.Groups["text"].Value.Split('\n').Where(static line => line.StartsWith("$ ", StringComparison.Ordinal)))
            {
                var began = Stopwatch.GetTimestamp();
                var (said, exit) = await RunAsync(world, line[2..].Replace("DIGEST", digest, StringComparison.Ordinal));
                Commands.Add((line[2..], Stopwatch.GetElapsedTime(began)));
                digest = Printed().Match(said) is { Success: true } match ? match.Groups["it"].Value : digest;
                said = Stable(said.TrimEnd('\n'));
                shown.Append(line).Append('\n').Append(said).Append(said.Length > 0 ? "\n" : "");
                shown.Append(exit == 0 ? "" : $"exit code {exit}\n");
            }

            shown.Append("```");
        }

        Golden.ShouldMatch(shown.Append(page, at, page.Length - at).ToString(), path);
    }

    private async Task<(string Said, int Exit)> RunAsync(Cli cli, string command)
    {
        if (Enters().Match(command) is { Success: true } enters)
        {
            cli.Folder = Path.Combine(cli.Folder, enters.Groups["folder"].Value);
            return ("", 0);
        }

        if (Exports().Match(command) is { Success: true } exports)
        {
            cli.Environment[exports.Groups["name"].Value] = exports.Groups["value"].Value;
            return ("", 0);
        }

        if (!command.StartsWith("mfaplan ", StringComparison.Ordinal))
        {
            return await ShellAsync(cli, command, "");
        }

        var (ours, filter) = command.Split(" | ", 2) is [var first, var rest] ? (first, rest) : (command, null);
        var arguments = Words().Matches(ours["mfaplan ".Length..]).Select(static word => word.Value.Replace("\"", "", StringComparison.Ordinal)).ToArray();
        if (filter is null && ShowsErrors)
        {
            return await cli.TogetherAsync(arguments);
        }

        var ran = await cli.RunAsync(arguments);
        return filter is null ? (ran.Out, ran.Exit) : ((ShowsErrors ? ran.Error : "") + (await ShellAsync(cli, filter, ran.Out)).Said, ran.Exit);
    }

    private static async Task<(string Said, int Exit)> ShellAsync(Cli cli, string command, string input)
    {
        using var process = Process.Start(new ProcessStartInfo("sh", ["-c", command])
        {
            WorkingDirectory = cli.Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        var output = process.StandardOutput.ReadToEndAsync();
        try
        {
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // head has seen enough
        }

        var said = await output;
        await process.WaitForExitAsync();
        return (said, process.ExitCode);
    }

    private string Stable(string text)
    {
        text = Holders().Replace(Progress().Replace(text, ""), "HOST/PROCESS/CHANCE");
        text = Times().Replace(Shorts().Replace(Digests().Replace(text, "DIGEST"), "DIGEST"), "TIME");
        return Runs().Replace(stable(text), "${before}RUN");
    }

    [GeneratedRegex("```console(?<name> [a-z]+)?\n(?<text>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Blocks();

    [GeneratedRegex("^(pack +|digest )(?<it>[0-9a-f]{64})", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Printed();

    [GeneratedRegex("^cd (?<folder>[A-Za-z0-9-]+)$", RegexOptions.ExplicitCapture)]
    private static partial Regex Enters();

    [GeneratedRegex("^export (?<name>[A-Z_]+)=(?<value>[^ ]+)$", RegexOptions.ExplicitCapture)]
    private static partial Regex Exports();

    [GeneratedRegex("\"[^\"]*\"|[^ ]+")]
    private static partial Regex Words();

    [GeneratedRegex("[0-9a-f]{64}")]
    private static partial Regex Digests();

    [GeneratedRegex("(?<=digest |approve |show |query |sample )[0-9a-f]{12}\\b")]
    private static partial Regex Shorts();

    [GeneratedRegex("[A-Za-z0-9.-]+/[0-9]+/[0-9a-f]{8,}")]
    private static partial Regex Holders();

    [GeneratedRegex("[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9:.]{8,}(Z|\\+00:00)", RegexOptions.ExplicitCapture)]
    private static partial Regex Times();

    [GeneratedRegex("(?<before>\"run\":\"|\\| |[Rr]un +|[Rr]uns? |rollback of )[0-9a-f]{8}\\b", RegexOptions.ExplicitCapture)]
    private static partial Regex Runs();

    /// <summary>A machine that is busy tells how far it is, once a minute.</summary>
    [GeneratedRegex("^[0-9]+ of [0-9]+ [a-z]+, [0-9.]+ a second, .*\n", RegexOptions.Multiline)]
    private static partial Regex Progress();
}
