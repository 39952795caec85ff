namespace MfaPlan.Benchmarks.Scenarios;

/// <summary>Runs what was asked for and prints one table.</summary>
internal static class ScenarioSuite
{
    private const int Whole = 10_000;
    private const int Distance = 20;

    /// <summary>Runs the scenarios.</summary>
    /// <returns>0 when every claim holds, 1 when one does not, 130 when it was stopped.</returns>
    public static async Task<int> RunAsync(ScenarioOptions options, TextWriter output, TextWriter progress, CancellationToken cancellationToken)
    {
        using var place = new Workplace(options);
        var report = new Report(progress);
        try
        {
            foreach (var (name, run) in Scenarios(options, place, report))
            {
                if (options.Wants(name))
                {
                    await run(cancellationToken);
                }
            }
        }
        catch (OperationCanceledException)
        {
            return 130;
        }
        finally
        {
            var markdown = report.ToMarkdown();
            await output.WriteLineAsync(markdown);
            if (options.Out is { } file)
            {
                await File.WriteAllTextAsync(file, markdown, CancellationToken.None);
            }
        }

        return report.Holds ? 0 : 1;
    }

    private static IEnumerable<(string Name, Func<CancellationToken, Task> Run)> Scenarios(
        ScenarioOptions options, Workplace place, Report report)
    {
        foreach (var users in options.Sizes)
        {
            yield return ("preview", stop => PlainScenarios.PreviewAsync(place, report, users, stop));
        }

        foreach (var users in options.Sizes.Where(static users => users <= Whole))
        {
            yield return ("apply", stop => PlainScenarios.ApplyAsync(place, report, users, stop));
            yield return ("peer", stop => PlainScenarios.PeerAsync(place, report, users, latency: 0, stop));
            yield return ("distance", stop => PlainScenarios.PeerAsync(place, report, users, Distance, stop));
        }

        // Two minutes of writes and more, so that whole windows are left when the first minute is taken off.
        var lasting = options.SizeUpTo(Whole) * 5 / 2;
        yield return ("limits", stop => LimitsScenario.RunAsync(place, report, lasting, options.TimeFactor, paced: true, stop));
        yield return ("limits", stop => LimitsScenario.RunAsync(place, report, lasting, options.TimeFactor, paced: false, stop));
        yield return ("pace", stop => PaceScenario.RunAsync(place, report, options.Sizes[0], stop));
        yield return ("faults", stop => FaultsScenario.RunAsync(place, report, options.SizeUpTo(Whole), stop));
        yield return ("kill", stop => KillScenario.PreviewAsync(place, report, options.SizeUpTo(5 * Whole), stop));
        yield return ("kill", stop => KillScenario.ApplyAsync(place, report, options.SizeUpTo(Whole), stop));
        yield return ("journal", stop => JournalScenario.RunAsync(place, report, options.Sizes[0], options.Lines, stop));
    }
}
