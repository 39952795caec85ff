namespace MfaPlan.Engine.Previewing;

/// <summary>How a preview notes what it reads, and what of an earlier note it takes.</summary>
/// <param name="Salt">32 random bytes for the sealed note, used for nothing else.</param>
/// <param name="Since">Reads from this instant on are taken from a note; null takes none.</param>
public sealed record SpoolTerms(ReadOnlyMemory<byte> Salt, DateTimeOffset? Since);
