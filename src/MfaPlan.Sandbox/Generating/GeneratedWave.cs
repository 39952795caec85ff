namespace MfaPlan.Sandbox.Generating;

/// <summary>A wave of a made-up company.</summary>
/// <param name="Name">A word for plans.</param>
/// <param name="From">The name of the group of people who are to be moved.</param>
/// <param name="Into">The name of an empty, flat group of the cloud.</param>
/// <param name="Max">The most people to move, from 1.</param>
public sealed record GeneratedWave(string Name, string From, string Into, int Max);
