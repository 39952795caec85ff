using System.Globalization;
using MfaPlan.Core.Journals;
using MfaPlan.Core.Plans;
using MfaPlan.Core.Sources;
using MfaPlan.Engine.Previewing;

namespace MfaPlan.Cli.Composition;

/// <summary>What a preview goes by, as the commands ask for it.</summary>
internal static class PreviewRequests
{
    private static readonly TimeSpan UsualAge = TimeSpan.FromHours(1);

    /// <summary>A request whose reads are noted, and which takes what an interrupted preview noted.</summary>
    /// <param name="host">The world.</param>
    /// <param name="loaded">The plan.</param>
    /// <param name="source">The on-premises data.</param>
    /// <param name="ledger">What the journal says.</param>
    /// <param name="time">The tenant's clock.</param>
    /// <param name="maxAge">The option as given; null for the environment's value or an hour.</param>
    public static PreviewRequest Of(
        CliHost host, LoadedPlan loaded, SourceData source, Ledger ledger, TimeProvider time, string? maxAge)
    {
        var age = Age(maxAge ?? host.Setting("MAX_AGE"));
        return new PreviewRequest(loaded.Plan, loaded.Digest, source, ledger, host.Random(32))
        {
            AsOf = time.GetUtcNow(),
            Spool = new SpoolTerms(host.Random(32), age > TimeSpan.Zero ? time.GetUtcNow() - age : null),
        };
    }

    private static TimeSpan Age(string? text)
    {
        if (text is null)
        {
            return UsualAge;
        }

        return Durations.TryParse(text, out var age)
            ? age
            : throw new CommandFailedException(
                ExitCodes.WrongUsage, "MFP5005",
                string.Create(CultureInfo.InvariantCulture, $"--max-age takes a duration such as 30m, 2h or 0s, not \"{text}\"."));
    }
}
