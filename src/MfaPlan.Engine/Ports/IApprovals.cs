using System.Collections.Immutable;

namespace MfaPlan.Engine.Ports;

/// <summary>
/// Documents and their signatures, kept under the digest that they are about: approvals under that of a change set, or of a plan for standing ones; attestations
/// under that of the run's change set; gate readings under that of their query (adr 14). Whoever can write here can approve and attest nothing: what is read is
/// checked against the plan's allowed signers each time, and a reading against the journal.
/// </summary>
public interface IApprovals
{
    /// <summary>A file of an approval has no more bytes than that.</summary>
    const int MaxBytes = 64 * 1024;

    /// <summary>Keeps a file; one of the same name is replaced. Durable when it returns. Takes no lock.</summary>
    /// <param name="digest">Lower-case hexadecimal.</param>
    /// <param name="name">Lower-case letters, digits, and a dot before the extension.</param>
    /// <param name="content">Its bytes.</param>
    /// <param name="cancellationToken">Stops before the file has its name.</param>
    Task AddAsync(string digest, string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken);

    /// <summary>The names of a digest's files, in ordinal order.</summary>
    Task<ImmutableArray<string>> ListAsync(string digest, CancellationToken cancellationToken);

    /// <summary>A file's bytes; null when there is none of that name. Of one that is too long, the first <see cref="MaxBytes"/> and one more.</summary>
    Task<ReadOnlyMemory<byte>?> ReadAsync(string digest, string name, CancellationToken cancellationToken);
}
