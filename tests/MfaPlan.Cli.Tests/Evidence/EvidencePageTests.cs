using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace MfaPlan.Cli.Tests.Evidence;

/// <summary>
/// docs/evidence.md walks an auditor through a pack. Every block that begins with <c>```console</c> is run here, in order, and shows what the
/// commands say: digests, times and ids in words. Blocks of <c>console waves</c> have a folder of their own. MFAPLAN_UPDATE_GOLDEN=1 writes the answers into the page.
/// </summary>
public sealed partial class EvidencePageTests
{
    private const string Page = "docs/evidence.md";

    [Fact]
    public async Task The_walk_through_shows_what_the_commands_say()
    {
        using var approved = await Packs.ApprovedAsync();
        using var gated = await Packs.GatedAsync();
        var page = await File.ReadAllTextAsync(Path.Combine(Golden.RepositoryRoot, Page));
        var shown = new StringBuilder();
        var (at, digest, commands) = (0, "", 0);

        foreach (Match block in Blocks().Matches(page))
        {
            var world = block.Groups["world"].Value;
            var cli = world.Length > 0 ? gated : approved;
            shown.Append(page, at, block.Index - at).Append("```console").Append(world).Append('\n');
            at = block.Index + block.Length;
            foreach (var line in block.Groups["text"].Value.Split('\n').Where(static line => line.StartsWith("$ ", StringComparison.Ordinal)))
            {
                var (said, exit) = await RunAsync(cli, line[2..].Replace("DIGEST", digest, StringComparison.Ordinal));
                digest = PackDigest().Match(said) is { Success: true } match ? match.Groups["it"].Value : digest;
                shown.Append(line).Append('\n').Append(Stable(said.TrimEnd('\n'))).Append(said.Length > 0 ? "\n" : "");
                shown.Append(exit == 0 ? "" : $"exit code {exit}\n");
                commands++;
            }

            shown.Append("```");
        }

        commands.ShouldBeGreaterThan(6);
        Golden.ShouldMatch(shown.Append(page, at, page.Length - at).ToString(), Page);
    }

    private static async Task<(string Said, int Exit)> RunAsync(Cli cli, string command)
    {
        if (command.StartsWith("mfaplan ", StringComparison.Ordinal))
        {
            var ran = await cli.RunAsync(command["mfaplan ".Length..].Split(' '));
            return (ran.Out, ran.Exit);
        }

        using var process = Process.Start(new ProcessStartInfo("sh", ["-c", command]) { WorkingDirectory = cli.Folder, RedirectStandardOutput = true, UseShellExecute = false })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (output, process.ExitCode);
    }

    private static string Stable(string text)
    {
        text = Holders().Replace(text, "HOST/PROCESS/CHANCE");
        text = Times().Replace(Digests().Replace(text, "DIGEST"), "TIME");
        text = Names().Replace(text, "/NAME.");
        text = Written().Replace(Lines().Replace(text, "${what}N"), "${what}CODE");
        text = Shorts().Replace(text, "| DIG… |");
        return Runs().Replace(Requests().Replace(text, "REQUEST"), "${before}RUN");
    }

    [GeneratedRegex("```console(?<world> waves)?\n(?<text>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Blocks();

    [GeneratedRegex("^pack +(?<it>[0-9a-f]{64})", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex PackDigest();

    [GeneratedRegex("[0-9a-f]{64}")]
    private static partial Regex Digests();

    [GeneratedRegex("(?<=(approvals|attestations)/[0-9a-f]{64}|DIGEST)/[0-9a-f]{16}\\.")]
    private static partial Regex Names();

    [GeneratedRegex("[A-Za-z0-9.-]+/[0-9]+/[0-9a-f]{8,}")]
    private static partial Regex Holders();

    /// <summary>Two users are written at once; whose lines come first is chance.</summary>
    [GeneratedRegex("(?<what>\"(begin|settle)Line\":)[0-9]+", RegexOptions.ExplicitCapture)]
    private static partial Regex Lines();

    [GeneratedRegex("(?<what>\"written\":\")[0-9a-f]{16}", RegexOptions.ExplicitCapture)]
    private static partial Regex Written();

    [GeneratedRegex("\\| [0-9a-f]{12} \\|")]
    private static partial Regex Shorts();

    [GeneratedRegex("[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9:.]{8,}(Z|\\+00:00)", RegexOptions.ExplicitCapture)]
    private static partial Regex Times();

    [GeneratedRegex("(?!00000000|11111111)[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial Regex Requests();

    [GeneratedRegex("(?<before>\"run\":\"|\\| |[Rr]un )[0-9a-f]{8}\\b", RegexOptions.ExplicitCapture)]
    private static partial Regex Runs();
}
