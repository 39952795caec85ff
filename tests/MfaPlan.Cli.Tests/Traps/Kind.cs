namespace MfaPlan.Cli.Tests.Traps;

/// <summary>A kind of person in no trap.</summary>
/// <param name="Name">As the figures name it.</param>
/// <param name="Share">How often it is drawn, against the others.</param>
/// <param name="Make">Makes one.</param>
internal sealed record Kind(string Name, int Share, Action<Company, Person> Make);
