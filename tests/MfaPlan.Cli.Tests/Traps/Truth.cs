using System.Collections.Immutable;

namespace MfaPlan.Cli.Tests.Traps;

/// <summary>Holds what was said and done against the truth about each person.</summary>
/// <param name="figures">Takes the figures in.</param>
internal sealed class Truth(Figures figures)
{
    private const string LockedOutByCutOver = "MFP3192";
    private const string LeftOut = "MFP3138";

    /// <summary>Judges a person.</summary>
    /// <param name="person">The person.</param>
    /// <param name="said">What each stage's preview said; of the waves, the person's own.</param>
    /// <param name="moved">Whether the person is in a group of the rollout at the end.</param>
    public void Judge(Person person, IReadOnlyDictionary<Stage, Said.OfUser> said, bool moved)
    {
        var wrong = Wrong(person, said, moved);
        if (person.Traps.Count == 0)
        {
            figures.Clean(person.Kind, wrong);
            return;
        }

        foreach (var trap in person.Traps)
        {
            var missing = Expected(person, trap).Where(says => !said[says.Stage].Codes.Contains(says.Code)).Select(static says => $"{says.Stage} does not say {says.Code}").ToList();
            figures.Planted(trap.Name, missing.Count == 0 && wrong is null, string.Join("; ", missing.Append($"{person.Name} {wrong}")));
        }
    }

    /// <summary>What the stages that look at the person must say of a trap.</summary>
    private static List<(Stage Stage, string Code)> Expected(Person person, Trap trap)
    {
        var all = trap.Says.Where(says => Meets(person, says.Key) && (says.Key != Stage.Wave || trap.ByAccount || !person.Traps.Exists(static other => other.ByAccount)))
            .Select(static says => (says.Key, says.Value)).ToList();
        all.ShouldNotBeEmpty($"Nobody could find the trap \"{trap.Name}\" of {person.Name}.");
        return all;
    }

    private static bool Meets(Person person, Stage stage) => stage switch
    {
        Stage.Migrate => person.InScope,
        Stage.Wave => person.Wave > 0,
        _ => person.IsCutOver,
    };

    /// <summary>What is wrong, in words: moved or kept against the truth, or accused of what the person is not in; null for nothing.</summary>
    private static string? Wrong(Person person, IReadOnlyDictionary<Stage, Said.OfUser> said, bool moved)
    {
        var cutOver = said[Stage.CutOver];
        var bars = person.Traps.Exists(static trap => trap.Bars);
        var accused = Enum.GetValues<Stage>().SelectMany(stage => said[stage].Accused
            .Where(code => !(person.Stays && (code == person.LeftBy || code == LeftOut)) && !(bars && code == LockedOutByCutOver) && !person.Traps.Exists(trap => trap.Says.GetValueOrDefault(stage) == code))
            .Select(code => $"{stage} says {code}")).ToList();
        return moved != person.Moves ? $"{(moved ? "was" : "was not")} moved"
            : (said[Stage.Wave].State == "changes") != person.Moves ? $"is {said[Stage.Wave].State} in the wave's preview"
            : person.LeftBy is { } code && person.Wave > 0 && !said[Stage.Wave].Codes.Contains(code) ? $"is left out without {code}"
            : (cutOver != Said.OfUser.Nothing) != person.IsCutOver ? $"is {cutOver.State} in the cut-over"
            : person.IsCutOver && (cutOver.State == "unknown" || cutOver.Codes.Contains(LockedOutByCutOver)) != bars ? $"is {(bars ? "let pass" : "refused")} by the cut-over"
            : accused.Count > 0 ? string.Join("; ", accused)
            : null;
    }
}
