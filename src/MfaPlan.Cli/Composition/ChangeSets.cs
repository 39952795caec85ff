using MfaPlan.Engine.Ports;

namespace MfaPlan.Cli.Composition;

/// <summary>Change sets as people name them: by the digest or the start of it.</summary>
internal static class ChangeSets
{
    /// <summary>The one digest that begins as given.</summary>
    public static async Task<string> FindAsync(IStateStore state, string digestOrStart, CancellationToken cancellationToken)
    {
        var start = digestOrStart.Trim().ToLowerInvariant();
        if (start.Length < 4 || !start.All(char.IsAsciiHexDigitLower))
        {
            throw new CommandFailedException(
                ExitCodes.WrongUsage, "MFP4004", "A digest is given by its hex digits, all 64 or at least the first four.");
        }

        var found = (await state.ListChangeSetsAsync(cancellationToken))
            .Where(digest => digest.StartsWith(start, StringComparison.Ordinal)).ToList();
        return found.Count switch
        {
            1 => found[0],
            0 => throw new CommandFailedException(ExitCodes.Refused, "MFP4004", $"The state has no change set {start}. Preview first."),
            _ => throw new CommandFailedException(
                ExitCodes.WrongUsage, "MFP4004", $"{found.Count} change sets begin with {start}: {string.Join(", ", found)}."),
        };
    }
}
