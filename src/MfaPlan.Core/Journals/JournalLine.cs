namespace MfaPlan.Core.Journals;

/// <summary>An entry with what the journal added to it.</summary>
/// <param name="N">The number of the line, from 1, without gaps over all segments.</param>
/// <param name="Epoch">The writing session, from 1; never falls.</param>
/// <param name="Entry">What the line says.</param>
/// <param name="Hash">64 lower-case hexadecimal digits over the line and, through its predecessor's hash, all before
/// it.</param>
public readonly record struct JournalLine(long N, int Epoch, JournalEntry Entry, string Hash);
