using System.Collections.Immutable;

namespace MfaPlan.Cli.Tests.Traps;

/// <summary>A way in which a person can be locked out, or get what is another's: how it is laid, and what must be said of whoever is in it.</summary>
/// <param name="Name">As the figures name it.</param>
/// <param name="Aspect">What it is about.</param>
/// <param name="Lay">Puts a person into it.</param>
internal sealed record Trap(string Name, Aspect Aspect, Action<Company, Person> Lay)
{
    /// <summary>The codes that must be said, by stage; a stage that has nothing to say of it is left out.</summary>
    public required ImmutableDictionary<Stage, string> Says { get; init; }

    /// <summary>Whether it keeps the person from being moved; a recycled name alone keeps only the phone from being inherited.</summary>
    public bool Bars { get; init; } = true;

    /// <summary>What another trap of the same person must not be about: one of the two would not be said beside the other.</summary>
    public ImmutableArray<Aspect> NotWith { get; init; } = [];

    /// <summary>Whether a wave leaves the person out by the account alone, and so asks nothing else.</summary>
    public bool ByAccount { get; init; }
}
