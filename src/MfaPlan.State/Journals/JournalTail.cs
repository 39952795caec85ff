namespace MfaPlan.State.Journals;

/// <summary>A bad last line: torn by a crash, or not what was written and with nothing behind it.</summary>
/// <param name="Segment">The number of the last segment.</param>
/// <param name="At">Where it begins, in bytes.</param>
/// <param name="Bytes">The line as it stands there.</param>
internal sealed record JournalTail(int Segment, long At, byte[] Bytes);
