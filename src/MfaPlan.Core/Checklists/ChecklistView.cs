using System.Collections.Immutable;

namespace MfaPlan.Core.Checklists;

/// <summary>The answers of a plan with what was found of their files.</summary>
/// <param name="Answers">The answers.</param>
/// <param name="Files">What was found of each file that is evidence, by the path in the answers. One that is missing here was not looked at and is not known.</param>
public sealed record ChecklistView(Answers Answers, ImmutableSortedDictionary<string, EvidenceFile> Files);
