using System.Collections.Immutable;
using MfaPlan.Core.Approvals;

namespace MfaPlan.Engine.Ports;

/// <summary>SSH signatures under one namespace: one made for another purpose is broken here.</summary>
public interface ISignatures
{
    /// <summary>Signs a document.</summary>
    /// <param name="document">What is signed.</param>
    /// <param name="keyFile">The private key, or the public one of a key that an agent holds; full path.</param>
    /// <param name="cancellationToken">Stops the signing.</param>
    /// <returns>The signature as a file holds it.</returns>
    /// <exception cref="SigningException">The key cannot be used, or the tool cannot.</exception>
    Task<ReadOnlyMemory<byte>> SignAsync(ReadOnlyMemory<byte> document, string keyFile, CancellationToken cancellationToken);

    /// <summary>Checks a signature.</summary>
    /// <param name="document">What is said to be signed.</param>
    /// <param name="signature">The signature as a file holds it.</param>
    /// <param name="allowedSigners">The allowed_signers file.</param>
    /// <param name="identities">As whom the key may sign is asked of these.</param>
    /// <param name="cancellationToken">Stops the check.</param>
    /// <exception cref="SigningException">The tool cannot be run, so that nothing is known.</exception>
    Task<SignatureCheck> CheckAsync(
        ReadOnlyMemory<byte> document,
        ReadOnlyMemory<byte> signature,
        ReadOnlyMemory<byte> allowedSigners,
        ImmutableArray<string> identities,
        CancellationToken cancellationToken);
}
