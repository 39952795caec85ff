using System.Text.RegularExpressions;

namespace MfaPlan.Cli.Tests.Evidence;

/// <summary>docs/evidence.md walks an auditor through a pack, and shows what the commands say: digests, times and ids in words.</summary>
public sealed partial class EvidencePageTests
{
    [Fact]
    public async Task The_walk_through_shows_what_the_commands_say()
    {
        using var approved = await Packs.ApprovedAsync();
        using var gated = await Packs.GatedAsync();
        var page = new ConsolePage("docs/evidence.md", Stable) { ShowsErrors = false };

        await page.ShouldBeTrueAsync(approved, ("waves", gated));

        page.Commands.Count.ShouldBeGreaterThan(6);
    }

    private static string Stable(string text)
    {
        text = Names().Replace(text, "/NAME.");
        text = Written().Replace(Lines().Replace(text, "${what}N"), "${what}CODE");
        return Requests().Replace(Cut().Replace(text, "| DIG… |"), "REQUEST");
    }

    [GeneratedRegex("(?<=(approvals|attestations)/[0-9a-f]{64}|DIGEST)/[0-9a-f]{16}\\.", RegexOptions.ExplicitCapture)]
    private static partial Regex Names();

    /// <summary>Two users are written at once; whose lines come first is chance.</summary>
    [GeneratedRegex("(?<what>\"(begin|settle)Line\":)[0-9]+", RegexOptions.ExplicitCapture)]
    private static partial Regex Lines();

    [GeneratedRegex("(?<what>\"written\":\")[0-9a-f]{16}", RegexOptions.ExplicitCapture)]
    private static partial Regex Written();

    [GeneratedRegex("\\| [0-9a-f]{12} \\|")]
    private static partial Regex Cut();

    [GeneratedRegex("(?!00000000|11111111)[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial Regex Requests();
}
