namespace MfaPlan.Graph;

/// <summary>A cloud of Microsoft: tokens of one are worth nothing in another.</summary>
/// <param name="Word">The word in a plan.</param>
/// <param name="Graph">Where Graph answers, without a version.</param>
/// <param name="Login">Where tokens come from.</param>
public sealed record GraphCloud(string Word, Uri Graph, Uri Login);
