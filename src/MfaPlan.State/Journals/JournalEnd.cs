namespace MfaPlan.State.Journals;

/// <summary>Where the next line goes.</summary>
/// <param name="Segment">The last segment's number; 0 when there is none.</param>
/// <param name="Length">Its bytes.</param>
/// <param name="Lines">Its lines.</param>
/// <param name="LastN">The number of the last line.</param>
/// <param name="LastHash">Its hash.</param>
/// <param name="Full">Whether the next line begins a new segment.</param>
/// <param name="OpenRun">The id of the run that is not closed.</param>
internal sealed record JournalEnd(int Segment, long Length, int Lines, long LastN, string LastHash, bool Full, string? OpenRun);
