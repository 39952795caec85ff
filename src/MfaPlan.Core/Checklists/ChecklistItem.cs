using MfaPlan.Core.Plans;

namespace MfaPlan.Core.Checklists;

/// <summary>A step of the guide that people carry out by hand.</summary>
/// <param name="Id">Names it in answers; never changes its meaning.</param>
/// <param name="Title">What is to be so, in a few words.</param>
/// <param name="Do">What to do.</param>
/// <param name="Section">The guide's section.</param>
/// <param name="Link">The section's address.</param>
/// <param name="Blocks">The first stage that waits for it; null where none does.</param>
/// <param name="NeedsFile">Whether a file, with its hash, must be among the evidence.</param>
public sealed record ChecklistItem(string Id, string Title, string Do, string Section, Uri Link, StageKind? Blocks, bool NeedsFile);
