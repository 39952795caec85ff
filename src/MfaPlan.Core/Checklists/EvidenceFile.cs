namespace MfaPlan.Core.Checklists;

/// <summary>What was found where an answer names a file.</summary>
public abstract record EvidenceFile
{
    private EvidenceFile()
    {
    }

    /// <summary>The file was read to its end.</summary>
    /// <param name="Sha256">64 hex digits, lower case.</param>
    public sealed record Hashed(string Sha256) : EvidenceFile;

    /// <summary>It was not: nothing may be concluded.</summary>
    /// <param name="Why">The reason, for people.</param>
    public sealed record Unread(string Why) : EvidenceFile;
}
