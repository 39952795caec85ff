using MfaPlan.Core.Gates;
using MfaPlan.Core.Journals;

namespace MfaPlan.Core.Evidence;

/// <summary>A judgement of a gate as journal and reading tell it.</summary>
/// <param name="Line">The journal's line, from 1.</param>
/// <param name="Place">The file and the line in it.</param>
/// <param name="Entry">What the line says.</param>
/// <param name="Reading">What it was judged by; null where the pack has no reading of it that holds.</param>
public sealed record GateFacts(long Line, string Place, JournalEntry.Gate Entry, GateReading? Reading);
