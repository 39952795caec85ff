namespace MfaPlan.Sources;

/// <summary>A file of the on-premises side: what people are shown, and where it lies.</summary>
/// <param name="Path">The path as the plan writes it; the only one that messages and change sets show.</param>
/// <param name="FullPath">Where the file is opened.</param>
public sealed record InputFile(string Path, string FullPath);
